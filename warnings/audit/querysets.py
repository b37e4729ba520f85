"""Read the audit log."""

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from audit.models import Entry  # noqa: F401  (named in strings below)


class EntryQuerySet(models.QuerySet["Entry"]):
    """The log can be read and added to; changing or removing entries in bulk is refused here as well."""

    def by(self, name: str) -> Self:
        """What somebody of this name did."""
        keys = apps.get_model("audit", "Name").objects.filter(text=name).values_list("pk", flat=True)
        return self.filter(actor__in=[name, *(f"#{key}" for key in keys)])

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: the log is append-only."""
        raise TypeError("Audit entries are append-only.")

    def delete(self) -> NoReturn:
        """Refuse: the log is append-only."""
        raise TypeError("Audit entries are append-only.")
