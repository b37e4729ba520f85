"""PostgreSQL: a tsvector beside each document, with an index for the best few thousand, for more, and for all.

A GIN index gives its matches in no order, so a common word would mean sorting every document that has it. The
best documents have an index of their own: a word that is common is common among them too, and they suffice.
"""

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

# The tiers that each index is for, best first; the migration makes one for each.
REACHES = ("tier = 0", "tier <= 1", "")
# A tier is left for the next one only if it has fewer matches: then the next has hundreds, not hundreds of thousands.
ENOUGH = 60
_HIGHEST = 2**62
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

    def find(self, asked: SearchRequest, limit: int) -> Matches:
        """The best documents by quality: from the first tier that has enough of them."""
        expression, loose = _expression(asked), _expression(asked.loose)
        if not loose:
            return Matches([], more=False)
        highest = FIRST_DIRECTORY_PLACE if asked.posts else _HIGHEST
        strict = expression != loose
        with connection.cursor() as cursor:
            places, more = _best_places(cursor, loose, highest, MOST_CHECKED if strict else limit)
            cursor.execute(
                "SELECT kind, key, parent, head, place FROM search_indexeddocument WHERE place = ANY(%s)"  # noqa: S608
                f"{' AND terms @@ %s::tsquery' if strict else ''} ORDER BY place DESC LIMIT %s",
                [places, *([expression] if strict else []), limit],
            )
            best = [Candidate(*row) for row in cursor.fetchall()]
        return Matches(best, more=more or len(best) == limit)

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


def _best_places(cursor: Any, expression: str, highest: int, limit: int) -> tuple[list[int], bool]:
    """The places of the best matches, and whether there may be more: a tier with enough of them is enough."""
    places: list[int] = []
    for condition in REACHES:
        where = f"{condition} AND " if condition else ""
        # Materialized: else the planner may walk down all places in order, reading every document on the way.
        cursor.execute(
            "WITH found AS MATERIALIZED (SELECT place FROM search_indexeddocument "  # noqa: S608  (our own condition)
            f"WHERE {where}terms @@ %s::tsquery AND place < %s) SELECT place FROM found ORDER BY place DESC LIMIT %s",
            [expression, highest, limit],
        )
        places = [row[0] for row in cursor.fetchall()]
        if len(places) >= min(ENOUGH, limit):
            return places, bool(condition) or len(places) == limit
    return places, False


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


def _expression(asked: SearchRequest) -> str:
    """A tsquery made of quoted terms only."""
    parts = [*(_group(wanted) for wanted in asked.wanted), *(_quoted(name) for name in asked.labels)]
    parts += [f"!{_group(unwanted)}" for unwanted in asked.unwanted]
    return " & ".join(parts)


def _group(wanted: Clause) -> str:
    return "(" + " | ".join(_phrase(terms) for terms in (wanted.terms, *wanted.others)) + ")"


def _phrase(terms: Iterable[str]) -> str:
    parts = [_quoted(term) for term in terms]
    # The weights keep a typed word from meeting a label.
    parts = [f"{part}:ABCD" for part in parts]
    return "(" + " <-> ".join(parts) + ")"


def _quoted(term: str) -> str:
    return "'" + term.replace("'", "").replace("\\", "") + "'"
