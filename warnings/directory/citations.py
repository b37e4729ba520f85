"""Find the entries that cite a source."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from directory.models import Marketplace, ProtectionCitation, Source, Tactic, Tool, ToolFeatureCitation


@dataclass(frozen=True)
class Place:
    """A page that cites a source, and the cited passage if it is recorded."""

    name: str
    url: str
    passages: tuple[str, ...] = ()


def places_citing(source: Source) -> list[Place]:
    """Return the tools, tactics and marketplaces that cite a source, each sorted by name."""
    passages: dict[Tool, list[str]] = {}
    facts = ToolFeatureCitation.objects.filter(source=source).select_related("fact__tool", "fact__feature")
    for citation in facts.order_by("fact__tool__name", "fact__position"):
        of_tool = passages.setdefault(citation.fact.tool, [])
        of_tool.append(_passage(citation.fact.feature.name, citation.passage))
    protections = ProtectionCitation.objects.filter(source=source).select_related("protection__tool")
    for shield in protections.order_by("protection__tool__name", "protection__position"):
        of_tool = passages.setdefault(shield.protection.tool, [])
        of_tool.append(_passage(shield.protection.name, shield.passage))
    found = [
        Place(tool.name, reverse("tool", kwargs={"slug": tool.slug}), tuple(lines))
        for tool, lines in passages.items()
    ]
    tactics = Tactic.objects.filter(citations__source=source).distinct()
    found += [Place(row.name, reverse("tactic", kwargs={"slug": row.slug})) for row in tactics]
    cited = Q(citations__source=source) | Q(rules__citations__source=source)
    marketplaces = Marketplace.objects.filter(cited).distinct()
    return [*found, *(Place(row.name, reverse("marketplace", kwargs={"slug": row.slug})) for row in marketplaces)]


def tools_citing(source: Source) -> set[str]:
    """Return the slugs of the tools that cite a source."""
    rows = Tool.objects.filter(Q(facts__sources=source) | Q(protections__citations__source=source))
    return set(rows.values_list("slug", flat=True))


def _passage(name: str, words: str) -> str:
    return f"{name}: {words}" if words else name
