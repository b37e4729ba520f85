"""Where a source is cited."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from directory.models import Marketplace, Source, Tactic, Tool, ToolFeature


@dataclass(frozen=True)
class Place:
    """A page that cites a source, and what it cites it for, where that is told in a few words."""

    name: str
    url: str
    passages: tuple[str, ...] = ()


def places_citing(source: Source) -> list[Place]:
    """The entries of the directory that cite a source: tools, tactics, marketplaces, by name."""
    tools = Tool.objects.filter(Q(facts__sources=source) | Q(protections__citations__source=source)).distinct()
    found = [Place(tool.name, reverse("tool", kwargs={"slug": tool.slug}), _passages(tool, source)) for tool in tools]
    for model, route in ((Tactic, "tactic"), (Marketplace, "marketplace")):
        cited = Q(citations__source=source)
        if model is Marketplace:
            cited |= Q(rules__citations__source=source)
        rows = model._default_manager.filter(cited).distinct()
        found += [Place(row.name, reverse(route, kwargs={"slug": row.slug})) for row in rows]
    return found


def tools_citing(source: Source) -> set[str]:
    """The slugs of the tools about which a source says something."""
    rows = Tool.objects.filter(Q(facts__sources=source) | Q(protections__citations__source=source))
    return set(rows.values_list("slug", flat=True))


def _passages(tool: Tool, source: Source) -> tuple[str, ...]:
    facts = tool.facts.filter(sources=source).select_related("feature").prefetch_related("citations")
    return tuple(f"{fact.feature.name}{f': {words}' if (words := _words(fact, source)) else ''}" for fact in facts)


def _words(fact: ToolFeature, source: Source) -> str:
    return next((row.passage for row in fact.citations.all() if row.source_id == source.pk), "")
