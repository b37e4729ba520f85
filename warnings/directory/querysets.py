"""Named queries of the directory."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F, Q

from common.text.folding import fold
from directory.choices import EditState

if TYPE_CHECKING:
    from directory.models import Connection, EntryRevision, Feature, Marketplace, Tactic, Tool, ToolFeature  # noqa: F401  (named in strings below)


class FeatureQuerySet(models.QuerySet["Feature"]):
    """Reads of the feature catalogue."""

    def current(self) -> Self:
        """Features that nothing has replaced."""
        return self.filter(replaced_by__isnull=True)

    def filtered(self, *, family: str = "") -> Self:
        """Narrow by family; an empty one lets all through."""
        return self.filter(family=family) if family else self

    def for_list(self) -> Self:
        """By family, worst first, with `tool_count`: how many tools are known to have the feature."""
        # Said outright: a query that counts forgets the model's own order.
        return self.annotate(tool_count=Count("facts__tool", filter=Q(facts__present=True), distinct=True)).order_by(
            "family", "-severity", "name"
        )


class ToolQuerySet(models.QuerySet["Tool"]):
    """Reads of the tools."""

    def worst_first(self) -> Self:
        """Assessed tools by risk, worst first; tools that are not assessed come last."""
        return self.order_by(F("grade").desc(), "-risk", "name")

    def sorted_by(self, order: str) -> Self:
        """Order by `name`; anything else is worst first."""
        return self.order_by("name") if order == "name" else self.worst_first()

    def assessed(self) -> Self:
        """Tools that have a grade."""
        return self.exclude(grade="")

    def assessment_expired(self, today: date) -> Self:
        """Tools one of whose facts has gone stale since their grade was worked out."""
        return self.filter(assessment_expires_on__lte=today)

    def with_feature(self, slug: str) -> Self:
        """Tools that are known to have a feature."""
        return self.filter(facts__feature__slug=slug, facts__present=True).distinct()

    def filtered(self, *, kind: str = "", feature: str = "", grade: str = "", name: str = "") -> Self:
        """Narrow by any of the filters of the tool list; an empty one lets all through.

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
        """The tool with this slug or, failing that, this name in any spelling; the riskiest of several."""
        by_name = self.filter(names__folded=fold(text)) if fold(text) else self.none()
        return self.filter(slug=text).first() or by_name.order_by("-risk", "name").first()

    def for_list(self) -> Self:
        """With `fact_count`: how many features each tool is known to have."""
        return self.annotate(fact_count=Count("facts", filter=Q(facts__present=True), distinct=True))

    def for_page(self) -> Self:
        """With all that a tool's own page shows, in a number of queries that does not grow."""
        return self.select_related("vendor").prefetch_related(
            "names",
            "domains",
            "facts__feature",
            "facts__citations__source",
            "protections__citations__source",
            "alternative_links__alternative",
        )


class ToolFeatureQuerySet(models.QuerySet["ToolFeature"]):
    """Reads of the facts."""

    def for_tools(self, tools: Any) -> Self:
        """The facts of some tools, with the feature and the sources that decide whether they count."""
        return self.filter(tool__in=tools).select_related("feature").prefetch_related("citations__source")

    def about_feature(self, slug: str) -> Self:
        """All tools' facts on one feature, those that have it first."""
        return (
            self.filter(feature__slug=slug)
            .select_related("tool")
            .prefetch_related("citations__source")
            .order_by("-present", F("tool__grade").desc(), "-tool__risk", "tool__name")
        )


class TacticQuerySet(models.QuerySet["Tactic"]):
    """Reads of the tactics."""

    def filtered(self, *, family: str = "") -> Self:
        """Narrow by family; an empty one lets all through."""
        return self.filter(family=family) if family else self

    def for_page(self) -> Self:
        """With all that a tactic's own page shows."""
        return self.prefetch_related("names", "citations__source", "replies__marketplace")


class MarketplaceQuerySet(models.QuerySet["Marketplace"]):
    """Reads of the marketplaces."""

    def for_list(self) -> Self:
        """By name, with `rule_count`: on how many topics a rule is known."""
        return self.annotate(rule_count=Count("rules", distinct=True)).order_by("name")

    def for_page(self) -> Self:
        """With all that a marketplace's own page shows."""
        return self.prefetch_related("domains", "rules__citations__source", "citations__source")


class ConnectionQuerySet(models.QuerySet["Connection"]):
    """Reads of what people have to do with tools."""

    def of(self, user: Any) -> Self:
        """Those of one person, with the tool; none for somebody who is not signed in."""
        return self.filter(user=user.pk).select_related("tool")

    def concerning(self, tools: Iterable[str]) -> Self:
        """Those with one of some tools, given by slug, or with another tool of the same vendor."""
        wanted = list(tools)
        return self.filter(Q(tool__slug__in=wanted) | Q(tool__vendor__tools__slug__in=wanted)).distinct()


class EntryRevisionQuerySet(models.QuerySet["EntryRevision"]):
    """Reads of the edits of the directory."""

    def of_entry(self, kind: str, key: str) -> Self:
        """The applied edits of one entry, the latest first."""
        applied = self.filter(kind=kind, key=key, state=EditState.APPLIED)
        return applied.select_related("author").order_by("-number")

    def waiting(self) -> Self:
        """Suggestions that nobody has decided on, the oldest first."""
        return self.filter(state=EditState.SUGGESTED).select_related("author").order_by("created_at", "id")

    def by_author(self, author: Any) -> Self:
        """What somebody edited and suggested, latest first."""
        return self.filter(author=author).order_by("-created_at", "-id")
