"""Named queries of warnings and everything below them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from common.db.prefetch import joined
from directory.choices import RevisionState
from reports.choices import CountKind, Status
from reports.tag_names import fold_tag

if TYPE_CHECKING:
    from reports.models import (  # noqa: F401  (named in strings below)
        Comment,
        Draft,
        PublishedCount,
        Report,
        Revision,
        Subscription,
        Tag,
        Vote,
        Warning,
    )


ANSWERS_SHOWN = 20
# Related tags are computed from this many warnings, so that the cost for very common tags is bounded.
_LOOKED_BESIDE, _MOST_BESIDE = 500, 50


def order_of(order: str) -> tuple[str, str]:
    """Return the fields to order warnings by `newest`, `helpful` or `reported`; the default is `newest`."""
    return {"helpful": "-helpfulness", "reported": "-recent_reporters"}.get(order, "-published_at"), "-id"


class PublishedCountQuerySet(models.QuerySet["PublishedCount"]):
    """Queries of the numbers of published posts."""

    def totals(self, kind: CountKind) -> Any:
        """Return the keys of what has published warnings, with their `total`."""
        totals = self.filter(kind=kind).order_by().values_list("key").annotate(total=Sum("number"))
        return totals.filter(total__gt=0)

    def total(self, kind: CountKind, key: int = 0) -> int:
        """Return one number."""
        return self.total_of_each({kind: key})[kind]

    def total_of_each(self, keys: Mapping[CountKind, int]) -> dict[CountKind, int]:
        """Return the numbers of some keys, each of another kind."""
        wanted = Q(pk__in=[])
        for kind, key in keys.items():
            wanted |= Q(kind=kind, key=key)
        totals = dict(self.filter(wanted).order_by().values_list("kind").annotate(total=Sum("number")))
        return {kind: totals.get(kind, 0) for kind in keys}


class TagQuerySet(models.QuerySet["Tag"]):
    """Queries of tags."""

    def in_use(self) -> Self:
        """Return tags on published warnings in alphabetical order, with the number of warnings as `uses`."""
        counts: Any = apps.get_model("reports", "PublishedCount")._default_manager
        rows = counts.filter(kind=CountKind.TAG, key=OuterRef("pk")).order_by().values("key")
        uses = Coalesce(Subquery(rows.annotate(total=Sum("number")).values("total")), 0)
        return self.annotate(uses=uses).filter(uses__gt=0).order_by("folded")

    def holding(self, folded: str) -> Self:
        """Filter tags by folded letters in their name or a synonym; an empty text returns all."""
        if not folded:
            return self
        known = self.model._default_manager.filter(synonyms__folded__contains=folded)
        return self.filter(Q(folded__contains=folded) | Q(pk__in=known.values("pk")))

    def named(self, text: str) -> "Tag | None":
        """Return the tag with this slug, that of a synonym (its name before a merge), or any spelling of these."""
        folded = fold_tag(text)
        meant = (Q(slug=text), Q(synonyms__slug=text), Q(folded=folded), Q(synonyms__folded=folded))
        return next((tag for each in meant if (tag := self.filter(each).first())), None)

    def beside(self, tag: Any) -> Self:
        """Return other tags on the newest published warnings with this tag, with the number in common as `shared`."""
        tagged = tag.tagged_warnings.filter(content_object__status=Status.PUBLISHED)
        newest = tagged.order_by("-content_object__published_at", "-content_object")[:_LOOKED_BESIDE]
        warnings = newest.values("content_object")
        counted = self.exclude(pk=tag.pk).filter(tagged_warnings__content_object__in=warnings)
        return counted.annotate(shared=Count("tagged_warnings")).order_by("-shared", "folded")[:_MOST_BESIDE]


class WarningQuerySet(models.QuerySet["Warning"]):
    """Queries of warnings."""

    def published(self) -> Self:
        """Return published warnings."""
        return self.filter(status=Status.PUBLISHED)

    def for_export(self) -> Self:
        """Prefetch everything that belongs to the warnings, in a constant number of queries."""
        lists = ("tools", "tactics", "marketplaces", "tags", "sources")
        return self.select_related("merged_into").prefetch_related(*lists).order_by("id")

    def reported_unnamed_by(self, person: Any) -> Self:
        """Return warnings on which a user, given as object or primary key, hides their handle."""
        return self.filter(reports__author=person, reports__unnamed=True)

    def by_name(self, author: Any) -> Self:
        """Return warnings by an author that may be shown under their name."""
        unnamed = self.model._default_manager.reported_unnamed_by(author)
        return self.filter(author=author).exclude(pk__in=unnamed.values("pk"))

    def linked(self, links: Any, column: str) -> Self:
        """Filter by rows of a link without a join, so that the database can keep the order of an index."""
        return self.filter(Exists(links.filter(**{column: OuterRef("pk")})))

    def sorted_by(self, order: str) -> Self:
        """Order by `newest`, `helpful` or `reported`; the default is `newest`."""
        return self.order_by(*order_of(order))

    def for_list(self) -> Self:
        """Prefetch what a list of warnings shows, in a constant number of queries."""
        return self.prefetch_related("marketplaces")

    def for_feed(self) -> Self:
        """Load the fields that a feed shows, without the author."""
        shown = ("slug", "title", "summary", "published_at", "updated_at")
        return self.only(*shown).prefetch_related("tagged__tag")

    def for_page(self) -> Self:
        """Prefetch what a warning's page shows, except its discussion and reports."""
        return self.select_related("author").prefetch_related(
            *("tools", "tactics", "marketplaces"),
            *(
                joined(self.model, relation, other)
                for relation, other in (("tagged", "tag"), ("citations", "source"))
            ),
        )

    def for_likeness(self) -> Self:
        """Prefetch what is compared to find similar warnings."""
        return self.prefetch_related("tools", "tactics").order_by("-report_count", "-id")


class ReportQuerySet(models.QuerySet["Report"]):
    """Queries of reports."""

    def published(self) -> Self:
        """Return published reports."""
        return self.filter(status=Status.PUBLISHED)

    def readable(self) -> Self:
        """Return published reports on published warnings."""
        return self.published().filter(warning__status=Status.PUBLISHED)

    def proposing(self) -> Self:
        """Return reports that propose a tool, except declined and withdrawn ones."""
        return self.exclude(proposed_tool="").exclude(status__in=(Status.DECLINED, Status.WITHDRAWN))

    def about_tool(self, tool: Any) -> Self:
        """Return reports on published warnings about a tool."""
        return self.filter(warning__in=tool.warnings.filter(status=Status.PUBLISHED))

    def independent(self) -> int:
        """Return the number of reporters; each report without an account counts as one reporter."""
        found = self.order_by().aggregate(
            people=Count("author", distinct=True), strangers=Count("pk", filter=Q(author__isnull=True))
        )
        return int(found["people"] + found["strangers"])

    def of_the_year_before(self, at: datetime) -> Self:
        """Return reports about the last twelve months, or published in them if they have no month."""
        since = at - timedelta(days=365)
        return self.filter(
            Q(happened_in__gte=since.date().replace(day=1)) | Q(happened_in__isnull=True, published_at__gte=since)
        )

    def by_author(self, author: Any) -> Self:
        """Return reports by an author, newest first, with their warnings."""
        return self.filter(author=author).select_related("warning", "marketplace").order_by("-created_at", "-id")

    def by_name(self, author: Any) -> Self:
        """Return reports by an author that may be shown under their name."""
        unnamed = self.model._default_manager.filter(author=author, unnamed=True)
        return self.by_author(author).exclude(warning__in=unnamed.values("warning"))

    def for_author(self) -> Self:
        """Prefetch what the author sees of a report: steps, messages and images."""
        return self.select_related("warning", "marketplace").prefetch_related(
            "steps", "messages", "evidence", "tools", "tactics"
        )

    def for_export(self) -> Self:
        """Prefetch everything that belongs to the reports, in a constant number of queries."""
        return self.for_author().prefetch_related("warning__tags").order_by("id")

    def for_timeline(self) -> Self:
        """Order by month, latest first and undated last, with marketplace and images."""
        rows = self.select_related("marketplace").prefetch_related("evidence")
        return rows.order_by(F("happened_in").desc(nulls_last=True), "-id")


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Queries of revisions."""

    def applied(self) -> Self:
        """Return applied revisions, including the current one."""
        return self.filter(state=RevisionState.APPLIED).select_related("author")

    def naming_authors(self) -> Self:
        """Annotate `author_unnamed`, which otherwise needs a query per revision."""
        unnamed = {"warning__reports__author": F("author"), "warning__reports__unnamed": True}
        return self.annotate(author_unnamed=Exists(self.model._default_manager.filter(pk=OuterRef("pk"), **unnamed)))

    def newest_first(self) -> Self:
        """Order by number, newest first."""
        return self.order_by("-number")

    def waiting(self) -> Self:
        """Return pending suggestions on published warnings, oldest first."""
        waiting = self.filter(state=RevisionState.SUGGESTED, warning__status=Status.PUBLISHED)
        return waiting.select_related("author", "warning").order_by("created_at", "id")

    def by_author(self, author: Any) -> Self:
        """Return revisions by an author, newest first, with their warnings."""
        return self.filter(author=author).select_related("warning").order_by("-created_at", "-id")


class CommentQuerySet(models.QuerySet["Comment"]):
    """Queries of comments."""

    def published(self) -> Self:
        """Return published comments."""
        return self.filter(status=Status.PUBLISHED)

    def readable(self) -> Self:
        """Return published comments on published warnings, with warning and author."""
        shown = self.published().filter(warning__status=Status.PUBLISHED)
        return shown.select_related("warning", "author")

    def seen_by(self, reader: Any) -> Self:
        """Annotate `voted`: whether the reader voted for the comment; None is an anonymous reader."""
        if reader is None:
            return self.annotate(voted=Value(False))
        votes = reader.votes.filter(comment=OuterRef("pk"), voided_at__isnull=True)
        return self.annotate(voted=Exists(votes))

    def threads(self, reader: Any = None) -> Self:
        """Return top-level comments, oldest first, with the first published replies and `answer_count`."""
        answers = self.model._default_manager.filter(status=Status.PUBLISHED, level=1).select_related("author")
        first = answers.seen_by(reader).order_by("published_at", "id")[:ANSWERS_SHOWN]
        # Not a join, for which databases group all columns of all comments before they take a page of them.
        counted = answers.filter(parent=OuterRef("pk")).order_by().values("parent").annotate(number=Count("pk"))
        published = Coalesce(Subquery(counted.values("number")), 0)
        rows = self.filter(level=0).select_related("author").seen_by(reader).annotate(answer_count=published)
        return rows.prefetch_related(Prefetch("answers", queryset=first, to_attr="first_answers"))


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Queries of subscriptions."""

    def by(self, user: Any) -> Self:
        """Return a user's subscriptions, with their targets."""
        return self.filter(user=user).select_related("warning", "tool", "tag", "marketplace")

    def on(self, post: Any) -> Self:
        """Return subscriptions to an object."""
        return self.filter(**{post._meta.model_name: post})

    def of_warning(self, warning: Any) -> Self:
        """Return subscriptions to a warning or to one of its subjects."""
        return self.filter(
            Q(warning=warning)
            | Q(tool__in=warning.tools.values("pk"))
            | Q(marketplace__in=warning.marketplaces.values("pk"))
            | Q(tag__in=warning.tagged.values("tag"))
        )


class VoteQuerySet(models.QuerySet["Vote"]):
    """Queries of votes."""

    def counting(self) -> Self:
        """Return votes that are not void."""
        return self.filter(voided_at__isnull=True)

    def on(self, post: Any) -> Self:
        """Return votes for a warning or comment."""
        return self.filter(**{post._meta.model_name: post})

    def by(self, user: Any) -> Self:
        """Return votes by a user."""
        return self.filter(user=user)

    def since(self, at: datetime) -> Self:
        """Return votes cast since a time."""
        return self.filter(created_at__gte=at)

    def posts(self) -> "list[Warning | Comment]":
        """Return the warnings and comments that were voted for."""
        on = (vote.warning or vote.comment for vote in self.select_related("warning", "comment"))
        return [post for post in on if post is not None]


class DraftQuerySet(models.QuerySet["Draft"]):
    """Queries of drafts."""

    def of(self, *, owner: Any, browser_hash: str) -> Self:
        """Return drafts of an account or of the browser with this cookie, newest first."""
        mine = Q(owner=owner) if owner else Q(pk__in=[])
        if browser_hash:
            mine |= Q(browser_hash=browser_hash)
        return self.filter(mine).order_by("-updated_at", "-id")

    def begun_in(self, browser_hash: str) -> Self:
        """Return drafts of a browser that belong to no account; none for an empty hash."""
        return self.filter(browser_hash=browser_hash) if browser_hash else self.none()

    def unused_since(self, at: datetime) -> Self:
        """Return drafts not updated since a time."""
        return self.filter(updated_at__lt=at)
