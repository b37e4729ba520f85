"""How the audit memory is read."""

from typing import TYPE_CHECKING, Any, NoReturn

from django.db import models

if TYPE_CHECKING:
    from audit.models import Entry  # noqa: F401  (named in strings below)


class EntryQuerySet(models.QuerySet["Entry"]):
    """The memory can be read and added to; changing or removing entries in bulk is refused here as well."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: the memory is append-only."""
        raise TypeError("Audit entries are append-only.")

    def delete(self) -> NoReturn:
        """Refuse: the memory is append-only."""
        raise TypeError("Audit entries are append-only.")
