"""How the audit memory is read."""

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models

if TYPE_CHECKING:
    from audit.models import Entry  # noqa: F401  (named in strings below)


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads of the memory; changing or removing entries in bulk is refused here as well."""

    def about(self, target: str) -> Self:
        """The entries on one target, oldest first."""
        return self.filter(target=target).order_by("seq")

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: the memory is append-only."""
        raise TypeError("Audit entries are append-only.")

    def delete(self) -> NoReturn:
        """Refuse: the memory is append-only."""
        raise TypeError("Audit entries are append-only.")
