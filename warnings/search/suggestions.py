"""Suggestions while the user types: names first, then titles of warnings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from directory.models import Feature, Marketplace, Tactic, Tool
from reports.models import Warning
from search import backends
from search.fulltext import SearchRequest
from search.kinds import Kind, label
from search.names.matching import POSSIBLE
from search.names.store import current
from search.names.variants import forms
from search.query import Query
from search.terms import LONGEST_BEGINNING, SHORTEST_BEGINNING, terms

MOST_NAMES = 6
MOST_WARNINGS = 3
MODELS: dict[str, Any] = {
    Kind.TOOL: Tool,
    Kind.TACTIC: Tactic,
    Kind.FEATURE: Feature,
    Kind.MARKETPLACE: Marketplace,
}


@dataclass(frozen=True)
class Suggestion:
    """A suggestion: its kind, its text, the spans of the typed words, and its URL."""

    kind: Kind
    text: str
    spans: list[tuple[int, int]]
    address: str
    grade: str = ""


def suggest(query: Query) -> list[Suggestion]:
    """Return at most nine suggestions, tools first; none for an empty query."""
    if not query.folded:
        return []
    indexes = current()
    found = [match.name for match in indexes.names.beginning_with(forms(query.text), MOST_NAMES)]
    if len(found) < MOST_NAMES:
        found += [match.name for match in indexes.names.match(query) if match.score >= POSSIBLE]
    targets = dict.fromkeys((Kind(name.sort), name.key) for name in found)
    described = ((Kind.TOOL, match.tool) for match in indexes.descriptions.match(query)) if not targets else ()
    return [*_named({**targets, **dict.fromkeys(described)}, query), *_titled(query)]


def _named(targets: Iterable[tuple[Kind, int]], query: Query) -> list[Suggestion]:
    chosen = sorted(list(targets)[:MOST_NAMES], key=lambda target: list(MODELS).index(target[0]))
    rows = {
        kind: model.objects.in_bulk([key for sort, key in chosen if sort == kind]) for kind, model in MODELS.items()
    }
    return [
        Suggestion(
            kind,
            row.name,
            _spans(row.name, query),
            reverse(kind.value, kwargs={"slug": row.slug}),
            row.grade if isinstance(row, Tool) else "",
        )
        for kind, key in chosen
        if (row := rows[kind].get(key))
    ]


def _titled(query: Query) -> list[Suggestion]:
    """Return warnings whose titles contain the words; the last word may be incomplete."""
    if not query.wanted:
        return []
    begun = query.words[-1][:LONGEST_BEGINNING]
    frame = [label("kind", Kind.WARNING)]
    if begun.isascii() and len(begun) < SHORTEST_BEGINNING:
        return []
    wanted = query.wanted
    if begun.isascii():
        frame.append(label("begins", begun))
        wanted = wanted[:-1] if len(query.words) > 1 else ()
    candidates = backends.current().find(SearchRequest(wanted, query.unwanted, tuple(frame)), MOST_WARNINGS).best
    rows = Warning.objects.published().in_bulk([candidate.key for candidate in candidates])
    return [
        Suggestion(Kind.WARNING, row.title, _spans(row.title, query), reverse("warning", kwargs={"slug": row.slug}))
        for candidate in candidates
        if (row := rows.get(candidate.key))
    ]


def _spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Return the spans of typed words in a text, as whole words or prefixes."""
    at = text.casefold().find(query.text.casefold())
    if at >= 0 and len(text) == len(text.casefold()):
        return [(at, at + len(query.text))]
    wanted = {term.text for term in query.terms}
    return [(term.start, term.end) for term in terms(text) if term.text in wanted]
