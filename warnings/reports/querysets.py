"""How warnings and what hangs below them are read: words that chain."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F, Prefetch, Q

from reports.words import RevisionState, Status

if TYPE_CHECKING:
    from reports.models import Comment, Draft, Report, Revision, Tag, Warning  # noqa: F401  (named in strings below)


class TagQuerySet(models.QuerySet["Tag"]):
    """Reads of the tags."""

    def in_use(self) -> Self:
        """Tags on at least one published warning by name, with `uses`: on how many."""
        counted = self.annotate(
            uses=Count(
                "tagged_warnings",
                filter=Q(tagged_warnings__content_object__status=Status.PUBLISHED),
                distinct=True,
            )
        )
        return counted.filter(uses__gt=0).order_by("name")


class WarningQuerySet(models.QuerySet["Warning"]):
    """Reads of the warnings."""

    def published(self) -> Self:
        """Those that everybody may read."""
        return self.filter(status=Status.PUBLISHED)

    def about(self, *, tool: Any = None, tactic: Any = None, marketplace: Any = None, tag: Any = None) -> Self:
        """Narrow to warnings that concern a tool, tactic, marketplace or tag; None lets all through."""
        wanted = {"tools": tool, "tactics": tactic, "marketplaces": marketplace, "tagged__tag": tag}
        return self.filter(**{name: value for name, value in wanted.items() if value is not None})

    def filtered(self, *, tool: str = "", tactic: str = "", marketplace: str = "", tag: str = "") -> Self:
        """The same by slugs, for the filters of a list; an empty one lets all through."""
        wanted = {
            "tools__slug": tool,
            "tactics__slug": tactic,
            "marketplaces__slug": marketplace,
            "tagged__tag__slug": tag,
        }
        return self.filter(**{name: value for name, value in wanted.items() if value})

    def sorted_by(self, order: str) -> Self:
        """Order by `newest`, `helpful` or `reported`; anything else is `newest`."""
        first = {"helpful": "-helpfulness", "reported": "-report_count"}.get(order, "-published_at")
        return self.order_by(first, "-id")

    def for_list(self) -> Self:
        """With what a list of warnings shows, in a number of queries that does not grow."""
        return self.prefetch_related("marketplaces")

    def for_page(self) -> Self:
        """With what a warning's own page shows, but for its discussion and reports."""
        return self.select_related("author").prefetch_related(
            "tools", "tactics", "marketplaces", "tagged__tag", "citations__source"
        )

    def for_likeness(self) -> Self:
        """With what tells whether a report belongs to it."""
        return self.prefetch_related("tools", "tactics").order_by("-report_count", "-id")


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads of the reports."""

    def published(self) -> Self:
        """Those that count and are shown."""
        return self.filter(status=Status.PUBLISHED)

    def about_tool(self, tool: Any) -> Self:
        """Those on published warnings about a tool."""
        return self.filter(warning__in=tool.warnings.filter(status=Status.PUBLISHED))

    def counted(self, since: date) -> dict[str, int]:
        """How many there are: `total`, `recent` (happened in the month of `since` or later), `undated`."""
        return self.aggregate(
            total=Count("pk"),
            recent=Count("pk", filter=Q(happened_in__gte=since)),
            undated=Count("pk", filter=Q(happened_in__isnull=True)),
        )

    def by_month(self) -> dict[date, int]:
        """How many happened in each month, by its first day; those without one are left out."""
        months = self.order_by().values_list("happened_in").annotate(count=Count("pk", distinct=True))
        return {month: count for month, count in months if month is not None}

    def by_author(self, author: Any) -> Self:
        """Those that a person wrote, latest first, with the warning they stand behind."""
        return self.filter(author=author).select_related("warning", "marketplace").order_by("-created_at", "-id")

    def for_author(self) -> Self:
        """With what its author sees of it: steps, messages, pictures."""
        return self.select_related("warning", "marketplace").prefetch_related(
            "steps", "messages", "evidence", "tools", "tactics"
        )

    def for_export(self) -> Self:
        """With all that belongs to them, in a number of queries that does not grow."""
        return self.select_related("warning", "marketplace").prefetch_related("tools", "tactics").order_by("id")

    def for_timeline(self) -> Self:
        """Latest month first and those without one last, with the marketplace."""
        return self.select_related("marketplace").order_by(F("happened_in").desc(nulls_last=True), "-id")


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Reads of the versions of warnings."""

    def applied(self) -> Self:
        """Those that were the warning's text once, or are now."""
        return self.filter(state=RevisionState.APPLIED).select_related("author")

    def newest_first(self) -> Self:
        """By number, the latest first."""
        return self.order_by("-number")

    def waiting(self) -> Self:
        """Suggestions that nobody has decided on, the oldest first."""
        waiting = self.filter(state=RevisionState.SUGGESTED, warning__status=Status.PUBLISHED)
        return waiting.select_related("author", "warning").order_by("created_at", "id")

    def by_author(self, author: Any) -> Self:
        """What somebody wrote, latest first, with its warning."""
        return self.filter(author=author).select_related("warning").order_by("-created_at", "-id")


class CommentQuerySet(models.QuerySet["Comment"]):
    """Reads of the comments."""

    def published(self) -> Self:
        """Those that everybody may read."""
        return self.filter(status=Status.PUBLISHED)

    def threads(self) -> Self:
        """First-level comments with their published answers, oldest first."""
        answers = self.model._default_manager.filter(status=Status.PUBLISHED, level=1).select_related("author")
        return self.filter(level=0).select_related("author").prefetch_related(Prefetch("answers", queryset=answers))


class DraftQuerySet(models.QuerySet["Draft"]):
    """Reads of the drafts."""

    def of(self, *, owner: Any, browser_hash: str) -> Self:
        """Those of an account, and those that the browser holds the cookie of; latest first."""
        mine = Q(owner=owner) if owner else Q(pk__in=[])
        if browser_hash:
            mine |= Q(browser_hash=browser_hash)
        return self.filter(mine).order_by("-updated_at", "-id")

    def unused_since(self, moment: datetime) -> Self:
        """Those that nobody has touched since."""
        return self.filter(updated_at__lt=moment)
