"""Named queries of warnings and everything below them."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Value

from reports.choices import RevisionState, Status

if TYPE_CHECKING:
    from reports.models import (  # noqa: F401  (named in strings below)
        Comment,
        Draft,
        Report,
        Revision,
        Subscription,
        Tag,
        Vote,
        Warning,
    )


ANSWERS_SHOWN = 20
# Which tags belong together shows in so many warnings; a tag on a hundred thousand costs no more than one on these.
_LOOKED_BESIDE, _MOST_BESIDE = 500, 50


def order_of(order: str) -> tuple[str, str]:
    """The fields that `newest`, `helpful` and `reported` order warnings by; anything else is `newest`."""
    return {"helpful": "-helpfulness", "reported": "-recent_reporters"}.get(order, "-published_at"), "-id"


class TagQuerySet(models.QuerySet["Tag"]):
    """Reads of the tags."""

    def in_use(self) -> Self:
        """Tags on at least one published warning in the order of the alphabet, with `uses`: on how many."""
        counted = self.annotate(
            uses=Count(
                "tagged_warnings",
                filter=Q(tagged_warnings__content_object__status=Status.PUBLISHED),
                distinct=True,
            )
        )
        return counted.filter(uses__gt=0).order_by("folded")

    def holding(self, folded: str) -> Self:
        """Those with these folded letters in their name or a synonym; all for none."""
        if not folded:
            return self
        known = self.model._default_manager.filter(synonyms__folded__contains=folded)
        return self.filter(Q(folded__contains=folded) | Q(pk__in=known.values("pk")))

    def beside(self, tag: Any) -> Self:
        """Other tags on the newest published warnings with a tag, with `shared`: on how many of these."""
        tagged = tag.tagged_warnings.filter(content_object__status=Status.PUBLISHED)
        newest = tagged.order_by("-content_object__published_at", "-content_object")[:_LOOKED_BESIDE]
        warnings = newest.values("content_object")
        counted = self.exclude(pk=tag.pk).filter(tagged_warnings__content_object__in=warnings)
        return counted.annotate(shared=Count("tagged_warnings")).order_by("-shared", "folded")[:_MOST_BESIDE]


class WarningQuerySet(models.QuerySet["Warning"]):
    """Reads of the warnings."""

    def published(self) -> Self:
        """Those that everybody may read."""
        return self.filter(status=Status.PUBLISHED)

    def reported_unnamed_by(self, person: Any) -> Self:
        """Those on which somebody, given as a person or a key, stays unnamed."""
        return self.filter(reports__author=person, reports__unnamed=True)

    def by_name(self, author: Any) -> Self:
        """Those that began with somebody and may be told as theirs."""
        unnamed = self.model._default_manager.reported_unnamed_by(author)
        return self.filter(author=author).exclude(pk__in=unnamed.values("pk"))

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
        return self.order_by(*order_of(order))

    def for_list(self) -> Self:
        """With what a list of warnings shows, in a number of queries that does not grow."""
        return self.prefetch_related("marketplaces")

    def for_feed(self) -> Self:
        """With what a feed tells of it, and nothing of who wrote it."""
        public_reason = ("slug", "title", "summary", "published_at", "updated_at")
        return self.only(*public_reason).prefetch_related("tagged__tag")

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

    def readable(self) -> Self:
        """Those that everybody may read: the warning that they stand behind is shown as well."""
        return self.published().filter(warning__status=Status.PUBLISHED)

    def proposing(self) -> Self:
        """Those that name a tool that is not in the directory, but for what was declined or taken back."""
        return self.exclude(proposed_tool="").exclude(status__in=(Status.DECLINED, Status.WITHDRAWN))

    def about_tool(self, tool: Any) -> Self:
        """Those on published warnings about a tool."""
        return self.filter(warning__in=tool.warnings.filter(status=Status.PUBLISHED))

    def counted(self, since: date) -> dict[str, int]:
        """How many there are: `total`, `recent` (in a month that began at `since` or later), `undated`."""
        return self.aggregate(
            total=Count("pk"),
            recent=Count("pk", filter=Q(happened_in__gte=since)),
            undated=Count("pk", filter=Q(happened_in__isnull=True)),
        )

    def independent(self) -> int:
        """How many reporters: one person with an account counts once, each report without one counts as somebody."""
        found = self.order_by().aggregate(
            people=Count("author", distinct=True), strangers=Count("pk", filter=Q(author__isnull=True))
        )
        return int(found["people"] + found["strangers"])

    def of_the_year_before(self, at: datetime) -> Self:
        """Those about the last twelve months; without a month, those that were published in them."""
        since = at - timedelta(days=365)
        return self.filter(
            Q(happened_in__gte=since.date().replace(day=1)) | Q(happened_in__isnull=True, published_at__gte=since)
        )

    def by_month(self) -> dict[date, int]:
        """How many happened in each month, by its first day; those without one are left out."""
        months = self.order_by().values_list("happened_in").annotate(count=Count("pk", distinct=True))
        return {month: count for month, count in months if month is not None}

    def by_author(self, author: Any) -> Self:
        """Those that a person wrote, latest first, with the warning they stand behind."""
        return self.filter(author=author).select_related("warning", "marketplace").order_by("-created_at", "-id")

    def by_name(self, author: Any) -> Self:
        """Those of a person that may be told as theirs."""
        unnamed = self.model._default_manager.filter(author=author, unnamed=True)
        return self.by_author(author).exclude(warning__in=unnamed.values("warning"))

    def for_author(self) -> Self:
        """With what its author sees of it: steps, messages, pictures."""
        return self.select_related("warning", "marketplace").prefetch_related(
            "steps", "messages", "evidence", "tools", "tactics"
        )

    def for_export(self) -> Self:
        """With all that belongs to them, in a number of queries that does not grow."""
        return self.for_author().order_by("id")

    def for_timeline(self) -> Self:
        """Latest month first and those without one last, with the marketplace and the pictures."""
        rows = self.select_related("marketplace").prefetch_related("evidence")
        return rows.order_by(F("happened_in").desc(nulls_last=True), "-id")


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Reads of the versions of warnings."""

    def applied(self) -> Self:
        """Those that were the warning's text once, or are now."""
        return self.filter(state=RevisionState.APPLIED).select_related("author")

    def naming_authors(self) -> Self:
        """With `author_unnamed`, which each version else asks for by itself."""
        unnamed = {"warning__reports__author": F("author"), "warning__reports__unnamed": True}
        return self.annotate(author_unnamed=Exists(self.model._default_manager.filter(pk=OuterRef("pk"), **unnamed)))

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

    def readable(self) -> Self:
        """Those that everybody may read, with the warning that they stand under."""
        shown = self.published().filter(warning__status=Status.PUBLISHED)
        return shown.select_related("warning", "author")

    def seen_by(self, reader: Any) -> Self:
        """With `voted`: whether this reader voted for it; None reads without an account."""
        if reader is None:
            return self.annotate(voted=Value(False))
        votes = reader.votes.filter(comment=OuterRef("pk"), voided_at__isnull=True)
        return self.annotate(voted=Exists(votes))

    def threads(self, reader: Any = None) -> Self:
        """First-level comments with their first published answers, oldest first, and `answer_count` of all."""
        answers = self.model._default_manager.filter(status=Status.PUBLISHED, level=1).select_related("author")
        first = answers.seen_by(reader).order_by("published_at", "id")[:ANSWERS_SHOWN]
        published = Count("answers", filter=Q(answers__status=Status.PUBLISHED))
        rows = self.filter(level=0).select_related("author").seen_by(reader).annotate(answer_count=published)
        return rows.prefetch_related(Prefetch("answers", queryset=first, to_attr="first_answers"))


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Reads of what people watch."""

    def by(self, user: Any) -> Self:
        """What somebody watches, with the things themselves."""
        return self.filter(user=user).select_related("warning", "tool", "tag", "marketplace")

    def on(self, post: Any) -> Self:
        """Who watches a thing."""
        return self.filter(**{post._meta.model_name: post})

    def of_warning(self, warning: Any) -> Self:
        """Who watches a warning, or something that it is about."""
        return self.filter(
            Q(warning=warning)
            | Q(tool__in=warning.tools.values("pk"))
            | Q(marketplace__in=warning.marketplaces.values("pk"))
            | Q(tag__in=warning.tagged.values("tag"))
        )


class VoteQuerySet(models.QuerySet["Vote"]):
    """Reads of the votes."""

    def counting(self) -> Self:
        """Those that count."""
        return self.filter(voided_at__isnull=True)

    def on(self, post: Any) -> Self:
        """Those on a warning or a comment."""
        return self.filter(**{post._meta.model_name: post})

    def by(self, user: Any) -> Self:
        """Those of a person."""
        return self.filter(user=user)

    def since(self, at: datetime) -> Self:
        """Those given since."""
        return self.filter(created_at__gte=at)

    def posts(self) -> "list[Warning | Comment]":
        """The warnings and comments that they are on."""
        on = (vote.warning or vote.comment for vote in self.select_related("warning", "comment"))
        return [post for post in on if post is not None]


class DraftQuerySet(models.QuerySet["Draft"]):
    """Reads of the drafts."""

    def of(self, *, owner: Any, browser_hash: str) -> Self:
        """Those of an account, and those that the browser holds the cookie of; latest first."""
        mine = Q(owner=owner) if owner else Q(pk__in=[])
        if browser_hash:
            mine |= Q(browser_hash=browser_hash)
        return self.filter(mine).order_by("-updated_at", "-id")

    def begun_in(self, browser_hash: str) -> Self:
        """Those that belong to a browser and to no account; none for the hash of no browser."""
        return self.filter(browser_hash=browser_hash) if browser_hash else self.none()

    def unused_since(self, at: datetime) -> Self:
        """Those that nobody has touched since."""
        return self.filter(updated_at__lt=at)
