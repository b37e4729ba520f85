"""Named queries of the index."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from search.models import IndexedDocument, IndexState  # noqa: F401  (named in strings below)


class IndexedDocumentQuerySet(models.QuerySet["IndexedDocument"]):
    """Queries of documents."""

    def of(self, kind: str, keys: Sequence[int]) -> Self:
        """Return the documents of objects."""
        return self.filter(kind=kind, key__in=keys)

    def keys_after(self, kind: str, after: int, limit: int) -> list[int]:
        """Return the next keys of a kind, in order."""
        rows = self.filter(kind=kind, key__gt=after).order_by("key")
        return list(rows.values_list("key", flat=True)[:limit])

    def keys_below(self, parents: Sequence[int], kind: str) -> list[int]:
        """Return the keys of indexed reports, comments or facts below these parents."""
        return list(self.filter(kind=kind, parent__in=parents).values_list("key", flat=True))


class IndexStateQuerySet(models.QuerySet["IndexState"]):
    """Queries of the index state."""

    def names_token(self) -> str:
        """Return the token of the current version of the names."""
        return self.filter(pk=1).values_list("names_token", flat=True).first() or ""

    def version(self) -> int:
        """Return the version of the last complete rebuild, or 0."""
        return self.filter(pk=1).values_list("version", flat=True).first() or 0

    def tier_starts(self) -> list[list[int]]:
        """Return the lowest places of the upper tiers of each half; if empty, all documents are in the best tier."""
        return self.filter(pk=1).values_list("tier_starts", flat=True).first() or []
