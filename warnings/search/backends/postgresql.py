"""PostgreSQL: a tsvector beside each document, with an index for the best few thousand, for more, and for all.

A GIN index gives its matches in no order, so a common word would mean sorting every document that has it. The
best documents have an index of their own: a word that is common is common among them too, and they suffice.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import connection

from search.kinds import label
from search.matching import Asked, Candidate
from search.query import Wanted

if TYPE_CHECKING:
    from search.documents import Document
    from search.models import IndexedDocument

# The documents that each index is for, best first; the migration makes one for each.
TIERS = ("tier = 0", "tier <= 1", "")
# tsvector keeps positions up to this one.
_LAST_POSITION = 16_383
_FIELDS = (("title", "A"), ("names", "B"), ("summary", "C"), ("body", "D"))


class PostgresqlIndex:
    """See `backends.FullText`."""

    def put(self, rows: Sequence[tuple["IndexedDocument", "Document"]]) -> None:
        """Index documents."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE search_indexeddocument SET terms = %s::tsvector WHERE place = %s",
                [(vector(document, row.digest), row.place) for row, document in rows],
            )

    def take_out(self, places: Sequence[int]) -> None:
        """Forget documents: their terms go with their rows."""

    def find(self, asked: Asked, limit: int) -> list[Candidate]:
        """The best documents by quality: from the first tier that has enough of them."""
        expression = _expression(asked)
        if not expression:
            return []
        found: list[Candidate] = []
        with connection.cursor() as cursor:
            for condition in TIERS:
                where = f"{condition} AND " if condition else ""
                cursor.execute(
                    "SELECT kind, key, parent, head, place FROM search_indexeddocument "  # noqa: S608  (our own condition)
                    f"WHERE {where}terms @@ %s::tsquery ORDER BY place DESC LIMIT %s",
                    [expression, limit],
                )
                found = [Candidate(*row) for row in cursor.fetchall()]
                if len(found) == limit:
                    break
        return found

    def holds(self, digests: dict[int, str]) -> set[int]:
        """Places that are indexed with exactly these digests."""
        found: set[int] = set()
        with connection.cursor() as cursor:
            for place, digest in digests.items():
                cursor.execute(
                    "SELECT place FROM search_indexeddocument WHERE place = %s AND terms @@ %s::tsquery",
                    [place, _quoted(label("digest", digest))],
                )
                found.update(row[0] for row in cursor.fetchall())
        return found

    def drop_unplaced(self) -> None:
        """Nothing to do: terms are part of their document's row."""

    def count(self) -> int:
        """How many documents the index holds."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_indexeddocument WHERE terms IS NOT NULL")
            counted: int = cursor.fetchone()[0]
        return counted


def vector(document: "Document", digest: str) -> str:
    """The document as the text of a tsvector: each term with its places and its field's weight.

    The fields stand so far apart that no phrase reaches from one into the next. Labels have no place.
    """
    places: dict[str, list[str]] = {}
    position = 1
    for field, weight in _FIELDS:
        for term in getattr(document, field).split():
            places.setdefault(term, []).append(f"{min(position, _LAST_POSITION)}{weight}")
            position += 1
        position += 10
    parts = [f"'{term}':{','.join(where[:255])}" for term, where in places.items()]
    parts += [f"'{name}'" for name in (*document.labels.split(), label("digest", digest))]
    return " ".join(parts)


def _expression(asked: Asked) -> str:
    """A tsquery made of quoted terms only."""
    parts = [*(_group(wanted) for wanted in asked.wanted), *(_quoted(name) for name in asked.labels)]
    parts += [f"!{_group(unwanted)}" for unwanted in asked.unwanted]
    return " & ".join(parts)


def _group(wanted: Wanted) -> str:
    return "(" + " | ".join(_phrase(terms) for terms in (wanted.terms, *wanted.others)) + ")"


def _phrase(terms: Iterable[str]) -> str:
    parts = [_quoted(term) for term in terms]
    # The weights keep a typed word from meeting a label.
    parts = [f"{part}:ABCD" for part in parts]
    return "(" + " <-> ".join(parts) + ")"


def _quoted(term: str) -> str:
    return "'" + term.replace("'", "").replace("\\", "") + "'"
