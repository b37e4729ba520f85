"""Lock rows in one global order (warnings, posts, accounts, audit log) to prevent deadlocks.

Lock all warnings of a transaction at once, by primary key; then reports and comments below them, by primary key, so
that a comment comes before its replies; then accounts; then the head of the audit log. Accounts are locked with
`FOR NO KEY UPDATE`, since rows that point to them are written while the log is locked. Every transaction that counts
something, or writes what is counted, locks the warning first, so no counter misses a change.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from common.errors import ForewarnedError, Sentence
from reports.models import Comment, Report, Warning
from reports.workflow import OPEN

Post = TypeVar("Post", bound=Warning | Report | Comment)


def lock_posts(post: Post) -> Post:
    """Lock a post, after its warning and a comment's parent, and return it as it is now.

    Raises DoesNotExist if the post is gone.
    """
    rows: Any = type(post)._default_manager
    if isinstance(post, Warning):
        return _locked(rows).get(pk=post.pk)  # type: ignore[no-any-return]
    key = rows.values_list("warning", flat=True).get(pk=post.pk)
    parent = getattr(post, "parent_id", None)
    warnings = lock_warnings([key])
    below = {row.pk: row for row in _locked(rows).filter(pk__in=[post.pk, parent or post.pk]).order_by("pk")}
    row = below[post.pk] if post.pk in below else rows.get(pk=post.pk)
    if row.warning_id not in warnings:
        # The post moved to another warning while waiting for the lock.
        warnings = lock_warnings([row.warning_id])
    row.warning = warnings[row.warning_id]
    if parent in below:
        row.parent = below[parent]
        row.parent.warning = row.warning
    return row  # type: ignore[no-any-return]


def lock_warnings(keys: Iterable[int]) -> dict[int, Warning]:
    """Lock warnings and return them as they are now, by primary key."""
    return {row.pk: row for row in _locked(Warning.objects).filter(pk__in=set(keys)).order_by("pk")}


def lock_all(posts: Iterable[Warning | Comment]) -> list[Warning | Comment]:
    """Lock warnings and comments, and the comments' warnings; return the posts as they are now."""
    found = list(posts)
    wanted = {post.pk for post in found if isinstance(post, Warning)}
    below = {post.pk: post.warning_id for post in found if isinstance(post, Comment)}
    warnings = lock_warnings({*wanted, *below.values()})
    comments = _locked(Comment.objects).filter(pk__in=below).order_by("pk")
    return [*(row for key, row in warnings.items() if key in wanted), *comments]


def _locked(rows: Any) -> Any:
    # `FOR NO KEY UPDATE` does not block inserts of rows that reference this one.
    return rows.select_for_update(of=("self",), no_key=True)


class ReportClosedError(ForewarnedError):
    """The report was decided or withdrawn and can no longer be changed."""

    sentence = Sentence("This report was decided on or taken back, so it cannot be changed any more.", "closed")


def locked_report(report: Report) -> Report:
    """Lock an undecided report and return it as it is now. Raises ReportClosedError."""
    row: Report = Report.objects.select_for_update(of=("self",)).select_related("warning").get(pk=report.pk)
    if row.status not in OPEN:
        raise ReportClosedError
    return row
