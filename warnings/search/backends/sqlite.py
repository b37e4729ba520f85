"""SQLite: a contentless FTS5 table whose row IDs are ordered by quality, so that the best rows come first."""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection

from search.fulltext import MOST_CHECKED, Candidate, Matches, SearchRequest
from search.index.rank_key import FIRST_DIRECTORY_PLACE
from search.kinds import label
from search.query import Clause

if TYPE_CHECKING:
    from search.index.documents import Document
    from search.models import IndexedDocument

_PLACES = (
    "SELECT rowid AS place FROM search_fulltext WHERE search_fulltext MATCH %s AND rowid BETWEEN %s AND %s"
    " ORDER BY rowid DESC LIMIT %s"
)
_FIND = (
    f"SELECT d.kind, d.key, d.parent, d.head, d.place FROM ({_PLACES}) AS f"  # noqa: S608  (our own text)
    " CROSS JOIN search_indexeddocument AS d ON d.place = f.place"
)
_HIGHEST = 2**62
_MERGE = "INSERT INTO search_fulltext(search_fulltext, rank) VALUES ('merge', %s)"
# Pages that are merged in one step, which takes some milliseconds.
_PAGES = 500


class SqliteIndex:
    """See `backends.FullText`."""

    def add(self, rows: Sequence[tuple["IndexedDocument", "Document"]]) -> None:
        """Index documents under places that are not in use."""
        values = [
            (row.place, d.title, d.names, d.summary, d.body, f"{d.labels} {label('digest', row.digest)}")
            for row, d in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_fulltext(rowid, title, names, summary, body, labels) VALUES (%s,%s,%s,%s,%s,%s)",
                values,
            )

    def remove(self, places: Sequence[int]) -> None:
        """Remove documents from the index."""
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_fulltext WHERE rowid = %s", [(place,) for place in places])

    def forget_removed_words(self) -> None:
        """Merge all parts of the index, in steps between which others write.

        FTS5 only notes which documents are gone, and keeps their words until it merges the parts that hold them.
        """
        with connection.cursor() as cursor:
            cursor.execute(_MERGE, [-_PAGES])
            while True:
                before = _changes(cursor)
                cursor.execute(_MERGE, [_PAGES])
                # FTS5 says so: fewer changes than two mean that there was nothing left to merge.
                if _changes(cursor) - before < 2:
                    return

    def find(self, asked: SearchRequest, limit: int) -> Matches:
        """Return the best documents by quality."""
        expression, loose = _expression(asked), _expression(asked.loose)
        if not loose:
            return Matches([], more=False)
        lowest, highest = 0, FIRST_DIRECTORY_PLACE - 1 if asked.posts else _HIGHEST
        with connection.cursor() as cursor:
            if expression != loose:
                # Limit the check for phrases, since a rare phrase of common words would scan everything.
                cursor.execute(_PLACES, [loose, lowest, highest, MOST_CHECKED])
                places = [row[0] for row in cursor.fetchall()]
                lowest = places[-1] if len(places) == MOST_CHECKED else lowest
            cursor.execute(_FIND, [expression, lowest, highest, limit])
            best = [Candidate(*row) for row in cursor.fetchall()]
        return Matches(best, more=len(best) == limit or lowest > 0)

    def holds(self, rows: Sequence[tuple["IndexedDocument", "Document"]]) -> set[int]:
        """Return the places at which these documents are indexed, by their digests: the table keeps no texts."""
        wanted = [[row.place, _quoted(label("digest", row.digest))] for row, _ in rows]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT f.rowid FROM json_each(%s) AS wanted CROSS JOIN search_fulltext AS f"
                " ON f.rowid = wanted.value ->> 0 WHERE search_fulltext MATCH wanted.value ->> 1",
                [json.dumps(wanted)],
            )
            return {row[0] for row in cursor.fetchall()}

    def drop_unplaced(self) -> None:
        """Remove index entries without a document."""
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_fulltext WHERE rowid NOT IN (SELECT place FROM search_indexeddocument)"
            )

    def count(self) -> int:
        """Return the number of indexed documents."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_fulltext")
            counted: int = cursor.fetchone()[0]
        return counted


def _changes(cursor: Any) -> int:
    """Return the number of rows that this connection has changed since it was opened."""
    cursor.execute("SELECT total_changes()")
    return int(cursor.fetchone()[0])


def _expression(asked: SearchRequest) -> str:
    """Return an FTS5 query of quoted terms only, so that user input is never parsed as an operator."""
    parts = [*(_group(wanted) for wanted in asked.wanted), *(f"labels:{_quoted(name)}" for name in asked.labels)]
    if not parts:
        return ""
    text = " AND ".join(parts)
    for unwanted in asked.unwanted:
        text = f"({text}) NOT {_group(unwanted)}"
    return text


def _group(wanted: Clause) -> str:
    return "(" + " OR ".join(_phrase(terms) for terms in (wanted.terms, *wanted.others)) + ")"


def _phrase(terms: Iterable[str]) -> str:
    return "{title names summary body}:" + _quoted(" ".join(terms))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "") + '"'
