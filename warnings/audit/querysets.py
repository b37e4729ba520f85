"""Querysets of the audit log."""

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from audit.models import Entry  # noqa: F401  (named in strings below)


class EntryQuerySet(models.QuerySet["Entry"]):
    """Queries on the audit log. Bulk updates and deletions are refused."""

    def by(self, name: str) -> Self:
        """Return the entries of an actor with this name."""
        keys = apps.get_model("audit", "Name").objects.filter(text=name).values_list("pk", flat=True)
        return self.filter(actor__in=[name, *(f"#{key}" for key in keys)])

    def update(self, **kwargs: Any) -> NoReturn:
        """Raise TypeError: the log is append-only."""
        raise TypeError("Audit entries are append-only.")

    def delete(self) -> NoReturn:
        """Raise TypeError: the log is append-only."""
        raise TypeError("Audit entries are append-only.")
