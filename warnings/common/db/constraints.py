"""Database constraints that several models share, written once."""

from django.db.models import CheckConstraint, Q, TextChoices


def one_of(field: str, choices: type[TextChoices], *, blank: bool = False) -> CheckConstraint:
    """A check that `field` holds one of the values of `choices` (or nothing, where `blank`)."""
    allowed = [*choices.values, ""] if blank else list(choices.values)
    return CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=f"%(app_label)s_%(class)s_{field}_known")


def between(field: str, low: int, high: int) -> CheckConstraint:
    """A check that the number in `field` lies between `low` and `high`, both included."""
    return CheckConstraint(
        condition=Q(**{f"{field}__gte": low, f"{field}__lte": high}),
        name=f"%(app_label)s_%(class)s_{field}_range",
    )
