"""The figures on the home page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value

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
    kinds = {
        "tools": Tool.objects.all(),
        "features": Feature.objects.current(),
        "tactics": Tactic.objects.all(),
        "marketplaces": Marketplace.objects.all(),
        "sources": Source.objects.filter(confirmed=True),
    }
    posts = PublishedCount.objects.total_of_each({CountKind.WARNINGS: 0, CountKind.REPORTS: 0})
    return Figures(**_counted(kinds), warnings=posts[CountKind.WARNINGS], reports=posts[CountKind.REPORTS])


def _counted(kinds: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Count rows of several tables in one query."""
    first, *others = (
        rows.order_by().annotate(counted=Value(kind)).values_list("counted").annotate(number=Count("pk"))
        for kind, rows in kinds.items()
    )
    # Without rows, there is no group to be counted.
    return dict.fromkeys(kinds, 0) | dict(first.union(*others, all=True))
