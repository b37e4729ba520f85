"""Finding tools, tactics, marketplaces and warnings by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, Q

from directory.models import Marketplace, Tactic, TacticName, Tool, ToolDomain, ToolName
from reports.models import Warning
from search.query import Query

# How sure a match is, by the way it was found; the API hands these out as `score`.
EXACT = 1.0
LINK = 0.95
NAMED_IN_A_SENTENCE = 0.9
PREFIX = 0.8
INSIDE = 0.6
SHORTEST_PREFIX = 2
SHORTEST_INSIDE = 4


@dataclass(frozen=True)
class ToolMatch:
    """A tool that was found: by which of its names or domains, and how sure that is (0 to 1)."""

    tool: Tool
    matched: str
    score: float


@dataclass(frozen=True)
class Found:
    """All that a query found; `tools` are confident matches, best first."""

    tools: list[ToolMatch]
    warnings: list[Warning]
    tactics: list[Tactic]
    marketplaces: list[Marketplace]

    @property
    def nothing(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.tools or self.warnings or self.tactics or self.marketplaces)


def find(query: Query, *, limit: int) -> Found:
    """Find at most `limit` of each kind. An empty query finds nothing."""
    if not query.folded:
        return Found([], [], [], [])
    tools = find_tools(query, limit=limit)
    tactics = _find_tactics(query, limit)
    marketplaces = _find_marketplaces(query, limit)
    return Found(tools, _find_warnings(query, tools, tactics, marketplaces, limit), tactics, marketplaces)


def find_tools(query: Query, *, limit: int) -> list[ToolMatch]:
    """Tools by any of their names or link domains, surest first; those of equal sureness, riskiest first."""
    best: dict[int, ToolMatch] = {}
    for tool, matched, score in _candidates(query, limit):
        known = best.get(tool.pk)
        if known is None or score > known.score:
            best[tool.pk] = ToolMatch(tool, matched, round(score, 3))
    ordered = sorted(best.values(), key=lambda match: (-match.score, -match.tool.risk, match.tool.name))
    if ordered and ordered[0].score >= NAMED_IN_A_SENTENCE:
        # Somebody who typed a whole name does not mean the tools whose names merely contain it.
        ordered = [match for match in ordered if match.score >= NAMED_IN_A_SENTENCE]
    return ordered[:limit]


def _candidates(query: Query, limit: int) -> Iterable[tuple[Tool, str, float]]:
    names = ToolName.objects.select_related("tool").order_by("position")
    for name in names.filter(folded=query.folded):
        yield name.tool, name.text, EXACT
    yield from _by_link(query)
    for name in names.filter(folded__in=query.phrases).exclude(folded=query.folded):
        # A longer name says more: "wechat work" is surer than the "wechat" inside it.
        yield name.tool, name.text, NAMED_IN_A_SENTENCE + min(len(name.folded), 20) / 1000
    if len(query.folded) >= SHORTEST_PREFIX:
        for name in names.filter(folded__startswith=query.folded)[: limit * 5]:
            yield name.tool, name.text, PREFIX * _share(query, name)
    if len(query.folded) >= SHORTEST_INSIDE:
        for name in names.filter(folded__contains=query.folded)[: limit * 5]:
            yield name.tool, name.text, INSIDE * _share(query, name)


def _share(query: Query, name: ToolName) -> float:
    """How much of the name was typed, between one half and one: it orders matches of the same sort."""
    return 0.5 + 0.5 * min(1.0, len(query.folded) / len(name.folded))


def _by_link(query: Query) -> Iterable[tuple[Tool, str, float]]:
    """Tools one of whose domains the pasted link is on, or on a subdomain of it."""
    if not query.link:
        return
    host, _, _ = query.link.partition("/")
    labels = host.split(".")
    hosts = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    for domain in ToolDomain.objects.select_related("tool").filter(domain__in=[query.link, *hosts]):
        yield domain.tool, domain.domain, LINK + (0.01 if domain.domain == query.link else 0)


def _find_tactics(query: Query, limit: int) -> list[Tactic]:
    found = TacticName.objects.filter(_names_match("folded", query)).values("tactic")
    return list(Tactic.objects.filter(pk__in=found)[:limit])


def _find_marketplaces(query: Query, limit: int) -> list[Marketplace]:
    by_name = _names_match("name_folded", query)
    by_domain = Q(domains__domain=query.link.partition("/")[0]) if query.link else Q()
    return list(Marketplace.objects.filter(by_name | by_domain).distinct()[:limit])


def _find_warnings(
    query: Query, tools: list[ToolMatch], tactics: list[Tactic], marketplaces: list[Marketplace], limit: int
) -> list[Warning]:
    """Warnings about what was found, and those with the query in their title."""
    about = Q(title__icontains=query.text)
    for field, rows in (("tools", [m.tool for m in tools]), ("tactics", tactics), ("marketplaces", marketplaces)):
        about |= _any_of(field, rows)
    found = Warning.objects.published().filter(about).distinct()
    return list(found.sorted_by("helpful").for_list()[:limit])


def _any_of(field: str, rows: Iterable[Model]) -> Q:
    keys = [row.pk for row in rows]
    return Q(**{f"{field}__in": keys}) if keys else Q(pk__in=[])


def _names_match(field: str, query: Query) -> Q:
    """The whole query, or a run of its words, is the name; or the query begins or is part of it."""
    match = Q(**{field: query.folded}) | Q(**{f"{field}__in": query.phrases})
    if len(query.folded) >= SHORTEST_INSIDE:
        match |= Q(**{f"{field}__contains": query.folded})
    return match
