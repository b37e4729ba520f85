"""PostgreSQL: a tsvector per document, with one index for the best few thousand, one for more and one for all.

A GIN index returns matches unordered, so a common word would require sorting every document that has it. The best
documents have an index of their own: a word that is common overall is common among them too, so that they suffice.
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

# Conditions of the indexes, best tier first; the migration creates one index for each.
REACHES = ("tier = 0", "tier <= 1", "")
# With fewer matches than this in a tier, the next index is used; it then has hundreds of matches rather than hundreds
# of thousands.
ENOUGH = 60
_HIGHEST = 2**62
# The highest position that tsvector stores.
_LAST_POSITION = 16_383
_FIELDS = (("title", "A"), ("names", "B"), ("summary", "C"), ("body", "D"))


class PostgresqlIndex:
    """See `backends.FullText`."""

    def add(self, rows: Sequence[tuple["IndexedDocument", "Document"]]) -> None:
        """Index documents under places that are not in use."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE search_indexeddocument SET terms = %s::tsvector WHERE place = %s",
                [(vector(document, row.digest), row.place) for row, document in rows],
            )

    def remove(self, places: Sequence[int]) -> None:
        """Do nothing: terms are deleted with their rows."""

    def forget_removed_words(self) -> None:
        """Do nothing: autovacuum removes deleted rows."""

    def find(self, asked: SearchRequest, limit: int) -> Matches:
        """Return the best documents by quality, from the first tier with enough matches."""
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

    def holds(self, rows: Sequence[tuple["IndexedDocument", "Document"]]) -> set[int]:
        """Return the places at which these documents are indexed as they are, term by term."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT d.place FROM unnest(%s::bigint[], %s::text[]) AS wanted (place, terms)"
                " JOIN search_indexeddocument AS d ON d.place = wanted.place AND d.terms = wanted.terms::tsvector",
                [[row.place for row, _ in rows], [vector(document, row.digest) for row, document in rows]],
            )
            return {row[0] for row in cursor.fetchall()}

    def drop_unplaced(self) -> None:
        """Do nothing: terms are part of their document's row."""

    def count(self) -> int:
        """Return the number of indexed documents."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_indexeddocument WHERE terms IS NOT NULL")
            counted: int = cursor.fetchone()[0]
        return counted


def _best_places(cursor: Any, expression: str, highest: int, limit: int) -> tuple[list[int], bool]:
    """Return the places of the best matches, and whether there may be more.

    They come from the first tier with enough matches.
    """
    places: list[int] = []
    for condition in REACHES:
        where = f"{condition} AND " if condition else ""
        # MATERIALIZED, since otherwise the planner may scan all places in order and read every document.
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
    """Return a document as the text of a tsvector, with positions and field weights of each term.

    Gaps between the fields prevent phrases from matching across them. Labels have no position.
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
    """Return a tsquery of quoted terms only."""
    parts = [*(_group(wanted) for wanted in asked.wanted), *(_quoted(name) for name in asked.labels)]
    parts += [f"!{_group(unwanted)}" for unwanted in asked.unwanted]
    return " & ".join(parts)


def _group(wanted: Clause) -> str:
    return "(" + " | ".join(_phrase(terms) for terms in (wanted.terms, *wanted.others)) + ")"


def _phrase(terms: Iterable[str]) -> str:
    parts = [_quoted(term) for term in terms]
    # The weights prevent typed words from matching labels.
    parts = [f"{part}:ABCD" for part in parts]
    return "(" + " <-> ".join(parts) + ")"


def _quoted(term: str) -> str:
    return "'" + term.replace("'", "").replace("\\", "") + "'"
