"""The full-text index behind one small interface: SQLite's FTS5, or PostgreSQL's tsvector."""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from search.backends.postgresql import PostgresqlIndex
from search.backends.sqlite import SqliteIndex
from search.fulltext import Matches, SearchRequest
from search.index.documents import Document
from search.models import IndexedDocument


class FullText(Protocol):
    """What each database does in its own way; everything happens in the caller's transaction."""

    def put(self, rows: Sequence[tuple[IndexedDocument, Document]]) -> None:
        """Index documents that are not in the index under these places."""

    def take_out(self, places: Sequence[int]) -> None:
        """Forget documents."""

    def find(self, asked: SearchRequest, limit: int) -> Matches:
        """The best `limit` documents by static quality that hold what is asked for."""

    def holds(self, digests: dict[int, str]) -> set[int]:
        """Those of the places that the index holds with exactly this digest."""

    def drop_unplaced(self) -> None:
        """Remove index entries without a document."""

    def count(self) -> int:
        """How many documents the index holds."""


def current() -> FullText:
    """The one for the database in use."""
    return PostgresqlIndex() if connection.vendor == "postgresql" else SqliteIndex()
