"""Database constraints that several models share."""

from django.db.models import CheckConstraint, Q, TextChoices

_MODEL = "%(app_label)s_%(class)s"


def one_of(field: str, choices: type[TextChoices], *, blank: bool = False, table: str = _MODEL) -> CheckConstraint:
    """Return a check that `field` holds one of the values of `choices`, or nothing where `blank`.

    `table` begins the constraint's name; pass it where a model was renamed and its table was not.
    """
    allowed = [*choices.values, ""] if blank else list(choices.values)
    return CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=f"{table}_{field}_known")


def between(field: str, low: int, high: int) -> CheckConstraint:
    """Return a check that the number in `field` lies between `low` and `high`, both included."""
    return CheckConstraint(
        condition=Q(**{f"{field}__gte": low, f"{field}__lte": high}),
        name=f"{_MODEL}_{field}_range",
    )
