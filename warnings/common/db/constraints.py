"""Database constraints that several models share."""

from django.db.models import CheckConstraint, Q, TextChoices

_MODEL = "%(app_label)s_%(class)s"


def one_of(field: str, choices: type[TextChoices], *, blank: bool = False, table: str = _MODEL) -> CheckConstraint:
    """Return a check that `field` has one of the values of `choices`, or is empty if `blank`.

    `table` is the prefix of the constraint's name; pass it if a model was renamed and its table was not.
    """
    allowed = [*choices.values, ""] if blank else list(choices.values)
    return CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=f"{table}_{field}_known")


def between(field: str, low: int, high: int) -> CheckConstraint:
    """Return a check that the number in `field` is between `low` and `high`, inclusive."""
    return CheckConstraint(
        condition=Q(**{f"{field}__gte": low, f"{field}__lte": high}),
        name=f"{_MODEL}_{field}_range",
    )
