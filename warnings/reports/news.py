"""New posts in a user's subscriptions, and the time up to which they have seen them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.text import Truncator

from accounts.models import User
from common.text.plain_text import text_of
from reports.actions.subscriptions import mark_seen
from reports.models import Comment, Report, Subscription, Warning

MOST_NEWS = 50


@dataclass(frozen=True)
class Piece:
    """A new post; `words` says what happened, `address` is a path on this site."""

    words: str
    title: str
    excerpt: str
    address: str
    at: datetime
    key: str


def news_of(user: Any) -> list[Piece]:
    """Return the latest fifty posts in a user's subscriptions since they subscribed, without their own."""
    warnings = _watched_warnings(user)
    others = ~Q(author=user) | Q(author__isnull=True)
    latest = Warning.objects.published().filter(others, _since_watched(user, "pk"), pk__in=warnings)
    latest = latest.order_by("-published_at")[:MOST_NEWS]
    below = Q(_since_watched(user, "warning"), others, warning__in=warnings)
    comments = Comment.objects.readable().filter(below, deleted_at__isnull=True).order_by("-published_at")
    reports = Report.objects.published().exclude(body="").filter(below).select_related("warning")
    pieces = [
        *(_piece("New warning", row, row, row.summary, row.get_absolute_url()) for row in latest),
        *(
            _piece("New comment on", row, row.warning, text_of(row.body_html), row.get_absolute_url())
            for row in comments[:MOST_NEWS]
        ),
        *(
            _piece(
                "New report on",
                row,
                row.warning,
                text_of(row.body_html),
                row.get_absolute_url(),
            )
            for row in reports.order_by("-published_at")[:MOST_NEWS]
        ),
    ]
    return sorted(pieces, key=lambda piece: piece.at, reverse=True)[:MOST_NEWS]


def _watched_warnings(user: Any) -> Any:
    """Return the primary keys of published warnings that a user watches, directly or through their subjects."""
    watches = Subscription.objects.filter(user=user)
    concerned = (
        Q(pk__in=watches.values("warning"))
        | Q(tools__in=watches.exclude(tool=None).values("tool"))
        | Q(marketplaces__in=watches.exclude(marketplace=None).values("marketplace"))
        | Q(tagged__tag__in=watches.exclude(tag=None).values("tag"))
    )
    return Warning.objects.published().filter(concerned).order_by().values("pk").distinct()


def _since_watched(user: Any, warning: str) -> Exists:
    """Return whether a post appeared after its reader subscribed to its warning, or to a subject of it."""
    here = Q(warning=OuterRef(warning))
    for name in ("tool", "marketplace"):
        here |= Q(**{f"{name}__warnings": OuterRef(warning)})
    here |= Q(tag__tagged_warnings__content_object=OuterRef(warning))
    return Exists(Subscription.objects.filter(here, user=user, created_at__lt=OuterRef("published_at")))


def _piece(words: str, row: Any, warning: Warning, text: str, address: str) -> Piece:
    return Piece(
        words=words,
        title=warning.title,
        excerpt=Truncator(" ".join(text.split())).chars(240),
        address=address,
        # The exact time, for sorting only; pages and feeds show the date.
        at=row.published_at,
        key=f"{row._meta.model_name}-{getattr(row, 'public_id', row.pk)}",
    )


@dataclass(frozen=True)
class UnseenComments:
    """The number of others' comments since `since`, and the first of them."""

    watch: Subscription | None = None
    since: datetime | None = None
    count: int = 0
    first: Comment | None = None


def see_comments(reader: User, warning: Warning, shown: Iterable[Comment]) -> UnseenComments:
    """Return the comments that are new to a subscriber, and mark those shown on the page as seen.

    Marks only up to the first new comment that the page does not show, so that none is skipped.
    """
    watch = Subscription.objects.filter(user=reader, warning=warning).first()
    if watch is None:
        return UnseenComments()
    new = warning.comments.published().filter(published_at__gt=watch.seen_at, deleted_at__isnull=True)
    new = new.exclude(author=reader).order_by("published_at", "id")
    first, count = new.first(), new.count()
    if first is None:
        return UnseenComments(watch, watch.seen_at)
    dates = {comment.pk: comment.published_at for comment in shown if comment.published_at}
    unseen = new.exclude(pk__in=dates).values_list("published_at", flat=True).first()
    passed = [at for at in dates.values() if at > watch.seen_at and (unseen is None or at < unseen)]
    if passed:
        mark_seen(actor=reader, warning=warning, until=max(passed))
    return UnseenComments(watch, watch.seen_at, count, first)
