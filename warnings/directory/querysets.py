"""Named queries of the directory."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.text import slugify

from common.db.prefetch import joined, with_sources
from common.text.folding import fold
from directory.choices import RevisionState

if TYPE_CHECKING:
    from directory.models import Connection, EntryRevision, Feature, Marketplace, Tactic, Tool, ToolFeature  # noqa: F401  (named in strings below)

# Facts of which no source was read count nowhere.
_HAS_IT = Q(facts__present=True, facts__reviewed=True)


def _with_slug(rows: Any, text: str) -> Any:
    """Return the row with this slug, as it is or as a name is written as a slug: `Any Desk ` -> `any-desk`."""
    return rows.filter(slug=text).first() or rows.filter(slug=slugify(text)).first()


class FeatureQuerySet(models.QuerySet["Feature"]):
    """Queries of features."""

    def current(self) -> Self:
        """Return features that were not replaced."""
        return self.filter(replaced_by__isnull=True)

    def filtered(self, *, family: str = "") -> Self:
        """Filter by family; an empty family does not filter."""
        return self.filter(family=family) if family else self

    def for_grades(self) -> Self:
        """Load only the fields of which grades are made; the texts are many times larger."""
        floors = ("floor", "floor_reason", "floor_kinds")
        return self.only("slug", "name", "severity", "applies_to", "replaced_by", *floors)

    def named(self, text: str) -> "Feature | None":
        """Return the feature with this slug or name in any spelling, or the one that replaced it."""
        rows = list(self.select_related("replaced_by"))
        found = next((row for row in rows if row.slug == text), None) or next(
            (row for row in rows if fold(text) and fold(text) in {fold(row.slug), fold(row.name)}), None
        )
        return found.replaced_by or found if found else None

    def for_list(self) -> Self:
        """Order by family and severity, annotated with the number of tools with the feature as `tool_count`."""
        # Explicit, since aggregation drops the model's default ordering.
        return self.annotate(tool_count=Count("facts__tool", filter=_HAS_IT, distinct=True)).order_by(
            "family", "-severity", "name"
        )


class ToolQuerySet(models.QuerySet["Tool"]):
    """Queries of tools."""

    def worst_first(self) -> Self:
        """Order by risk, highest first; tools that are not assessed come last."""
        return self.order_by(F("grade").desc(), "-risk", "name")

    def sorted_by(self, order: str) -> Self:
        """Order by `name`; the default is by risk."""
        return self.order_by("name") if order == "name" else self.worst_first()

    def for_matrix(self) -> Self:
        """Load only the fields that a row of the matrix shows; the texts are many times larger."""
        return self.only("slug", "name", "kind", "grade", "risk")

    def assessed(self) -> Self:
        """Return tools that have a grade."""
        return self.exclude(grade="")

    def assessment_expired(self, today: date) -> Self:
        """Return tools with a fact that became stale since the grade was computed."""
        return self.filter(assessment_expires_on__lte=today)

    def with_feature(self, slug: str) -> Self:
        """Return tools that have a feature by a confirmed fact."""
        return self.filter(_HAS_IT, facts__feature__slug=slug).distinct()

    def filtered(self, *, kind: str = "", feature: str = "", grade: str = "", name: str = "") -> Self:
        """Apply the filters of the tool list; an empty value does not filter.

        `grade` is a letter or `none` for "not assessed"; `name` is part of any name of the tool.
        """
        found = self
        if kind:
            found = found.filter(kind=kind)
        if grade:
            found = found.filter(grade="" if grade == "none" else grade)
        if feature:
            found = found.with_feature(feature)
        if name:
            found = found.filter(names__folded__contains=fold(name)).distinct() if fold(name) else found.none()
        return found

    def named(self, text: str) -> "Tool | None":
        """Return the tool with this slug, or else with this name in any spelling, the riskiest first."""
        by_name = self.filter(names__folded=fold(text)) if fold(text) else self.none()
        return _with_slug(self, text) or by_name.order_by("-risk", "name").first()

    def for_list(self) -> Self:
        """Annotate the number of features that each tool is known to have as `fact_count`."""
        return self.annotate(fact_count=Count("facts", filter=_HAS_IT, distinct=True))

    def for_page(self) -> Self:
        """Prefetch what a tool's page shows, in a constant number of queries."""
        return self.select_related("vendor").prefetch_related(
            "names",
            "domains",
            "app_schemes",
            *with_sources(self.model, "facts", "feature"),
            *with_sources(self.model, "protections"),
            joined(self.model, "alternative_links", "alternative"),
        )


class ToolFeatureQuerySet(models.QuerySet["ToolFeature"]):
    """Queries of facts."""

    def for_tools(self, tools: Any) -> Self:
        """Return facts of tools, with the feature and the sources that decide whether they count."""
        rows = self.filter(tool__in=tools).select_related("feature")
        return rows.prefetch_related(joined(self.model, "citations", "source"))

    def confirmed_about(self, tools: Any, features: Any) -> Self:
        """Return the confirmed facts of tools on features, in order, with what the matrix shows of them."""
        confirmed = self.filter(tool__in=tools, feature__in=features, reviewed=True).order_by("position")
        return confirmed.only("tool_id", "feature_id", "present", "control", "can_disable")

    def about_feature(self, slug: str) -> Self:
        """Return the facts of all tools on a feature: tools that have it first, unconfirmed facts last."""
        return (
            self.filter(feature__slug=slug)
            .select_related("tool")
            .prefetch_related(joined(self.model, "citations", "source"))
            .order_by("-reviewed", "-present", F("tool__grade").desc(), "-tool__risk", "tool__name")
        )


class TacticQuerySet(models.QuerySet["Tactic"]):
    """Queries of tactics."""

    def filtered(self, *, family: str = "") -> Self:
        """Filter by family; an empty family does not filter."""
        return self.filter(family=family) if family else self

    def named(self, text: str) -> "Tactic | None":
        """Return the tactic with this slug or name in any spelling."""
        by_name = self.filter(names__folded=fold(text)) if fold(text) else self.none()
        return _with_slug(self, text) or by_name.order_by("-severity", "name").first()

    def for_page(self) -> Self:
        """Prefetch what a tactic's page shows."""
        sources, replies = joined(self.model, "citations", "source"), joined(self.model, "replies", "marketplace")
        return self.prefetch_related("names", sources, replies)


class MarketplaceQuerySet(models.QuerySet["Marketplace"]):
    """Queries of marketplaces."""

    def for_list(self) -> Self:
        """Order by name, annotated with the number of rules as `rule_count`."""
        return self.annotate(rule_count=Count("rules", distinct=True)).order_by("name")

    def named(self, text: str) -> "Marketplace | None":
        """Return the marketplace with this slug, name in any spelling, or domain."""
        meant = Q(domains__domain=text.strip().lower())
        if fold(text):
            meant |= Q(name_folded=fold(text))
        return _with_slug(self, text) or self.filter(meant).order_by("name").first()

    def for_page(self) -> Self:
        """Prefetch what a marketplace's page shows."""
        sources = joined(self.model, "citations", "source")
        return self.prefetch_related("domains", *with_sources(self.model, "rules"), sources)


class ConnectionQuerySet(models.QuerySet["Connection"]):
    """Queries of connections."""

    def of(self, user: Any) -> Self:
        """Return a user's connections with their tools; none for anonymous users."""
        return self.filter(user=user.pk).select_related("tool")

    def concerning(self, tools: Iterable[str]) -> Self:
        """Return connections to tools, by slug, or to other tools of their vendors."""
        wanted = list(tools)
        return self.filter(Q(tool__slug__in=wanted) | Q(tool__vendor__tools__slug__in=wanted)).distinct()


class EntryRevisionQuerySet(models.QuerySet["EntryRevision"]):
    """Queries of directory edits."""

    def of_entry(self, kind: str, key: str) -> Self:
        """Return the applied edits of an entry, newest first."""
        applied = self.filter(kind=kind, key=key, state=RevisionState.APPLIED)
        return applied.select_related("author").order_by("-number")

    def waiting(self) -> Self:
        """Return pending suggestions, oldest first."""
        return self.filter(state=RevisionState.SUGGESTED).select_related("author").order_by("created_at", "id")

    def by_author(self, author: Any) -> Self:
        """Return edits and suggestions by an author, newest first."""
        return self.filter(author=author).order_by("-created_at", "-id")
