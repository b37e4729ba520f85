"""The full-text index behind a common interface: SQLite's FTS5, or PostgreSQL's tsvector."""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from search.backends.postgresql import PostgresqlIndex
from search.backends.sqlite import SqliteIndex
from search.fulltext import Matches, SearchRequest
from search.index.documents import Document
from search.models import IndexedDocument


class FullText(Protocol):
    """The operations that each database implements; those that write run in the caller's transaction."""

    def add(self, rows: Sequence[tuple[IndexedDocument, Document]]) -> None:
        """Index documents under places that are not in use."""

    def remove(self, places: Sequence[int]) -> None:
        """Remove documents from the index."""

    def forget_removed_words(self) -> None:
        """Remove what the index still holds of removed documents. It commits in between, so not in a transaction."""

    def find(self, asked: SearchRequest, limit: int) -> Matches:
        """Return the best `limit` matching documents by static quality."""

    def holds(self, rows: Sequence[tuple[IndexedDocument, Document]]) -> set[int]:
        """Return the places at which these documents are indexed as they are, in one query."""

    def drop_unplaced(self) -> None:
        """Remove index entries without a document."""

    def count(self) -> int:
        """Return the number of indexed documents."""


def current() -> FullText:
    """Return the backend for the database in use."""
    return PostgresqlIndex() if connection.vendor == "postgresql" else SqliteIndex()
