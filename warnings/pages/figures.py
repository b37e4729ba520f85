"""The figures on the home page."""

from dataclasses import dataclass

from directory.models import Feature, Marketplace, Source, Tactic, Tool
from reports.choices import CountKind
from reports.models import PublishedCount


@dataclass(frozen=True)
class Figures:
    """The size of the knowledge base."""

    tools: int
    features: int
    tactics: int
    marketplaces: int
    sources: int
    warnings: int
    reports: int


def figures() -> Figures:
    """Count public content."""
    return Figures(
        tools=Tool.objects.count(),
        features=Feature.objects.current().count(),
        tactics=Tactic.objects.count(),
        marketplaces=Marketplace.objects.count(),
        sources=Source.objects.filter(confirmed=True).count(),
        warnings=PublishedCount.objects.total(CountKind.WARNINGS),
        reports=PublishedCount.objects.total(CountKind.REPORTS),
    )
