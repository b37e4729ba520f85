"""Write index documents in bulk, with the same result as `search.actions`."""

from typing import Any

from django.db import connection

from search.backends.postgresql import vector
from search.corpus.tables import Table, write_rows
from search.index.documents import Document
from search.index.rank_key import TIERS, rank_key_of
from search.kinds import label
from search.models import IndexedDocument

_COLUMNS = ("id", "kind", "key", "parent", "head", "digest", "place", "tier")
_FULL_TEXT = ("rowid", "title", "names", "summary", "body", "labels")


class Documents:
    """The documents of one part of the corpus, which are written together."""

    def __init__(self) -> None:
        self._table = Table(IndexedDocument, *_COLUMNS)
        # PostgreSQL has the terms in a column, SQLite in a table of their own.
        self._has_column = connection.vendor == "postgresql"
        self._rows: list[tuple[Any, ...]] = []
        self._texts: list[tuple[Any, ...]] = []

    def add(self, document: Document, subjects: str) -> None:
        """Add a document; `subjects` are those of its labels that name one."""
        d, digest = document, document.digest
        place = rank_key_of(d.kind, d.key, d.quality)
        head = "\n".join((d.title, d.names, d.summary, subjects))
        row = (d.kind.value, d.key, d.parent, head, digest, place, TIERS - 1)
        if self._has_column:
            self._rows.append((*row, vector(d, digest)))
        else:
            self._rows.append(row)
            labels = f"{d.labels} {label('digest', digest)}"
            self._texts.append((place, d.title, d.names, d.summary, d.body, labels))

    def write(self) -> None:
        """Write what was added."""
        columns = [*_COLUMNS, *(["terms"] if self._has_column else [])]
        rows = zip(self._table.keys(len(self._rows)), self._rows, strict=True)
        write_rows(IndexedDocument._meta.db_table, columns, ((key, *row) for key, row in rows))
        if not self._has_column:
            # Sorted by place, since the full-text table is fastest when written in order.
            write_rows("search_fulltext", _FULL_TEXT, sorted(self._texts))
        self._rows, self._texts = [], []

    def move_sequence(self) -> None:
        """Have the database assign the next primary keys."""
        self._table.move_sequence()
