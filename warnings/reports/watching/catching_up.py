"""What is new to somebody in a discussion that they watch, and how far they have seen it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from reports.models import Comment, Warning, Watch
from reports.watching.actions import mark_seen


@dataclass(frozen=True)
class News:
    """What came after `since`: how many comments of others, and the first of them."""

    watch: Watch | None = None
    since: datetime | None = None
    count: int = 0
    first: Comment | None = None


def catch_up(reader: User, warning: Warning, shown: Iterable[Comment]) -> News:
    """What is new to a reader who watches a warning; what a page shows of it is not new the next time.

    Only up to the first new one that the page does not show, so that none is passed over.
    """
    watch = Watch.objects.filter(user=reader, warning=warning).first()
    if watch is None:
        return News()
    new = warning.comments.published().filter(published_at__gt=watch.seen_at, deleted_at__isnull=True)
    new = new.exclude(author=reader).order_by("published_at", "id")
    first, count = new.first(), new.count()
    if first is None:
        return News(watch, watch.seen_at)
    dates = {comment.pk: comment.published_at for comment in shown if comment.published_at}
    unseen = new.exclude(pk__in=dates).values_list("published_at", flat=True).first()
    passed = [at for at in dates.values() if at > watch.seen_at and (unseen is None or at < unseen)]
    if passed:
        mark_seen(actor=reader, warning=warning, until=max(passed))
    return News(watch, watch.seen_at, count, first)
