"""Keeping warnings, reports and comments from others until a transaction ends, in one order everywhere.

Always the warning first, by key where there are several; then what stands below it, by key, so that a comment comes
before its answers; then accounts, then the chain of the audit log. All warnings at once: who held some and came for
more could wait for somebody who did the same. Accounts are held without their keys, since rows that point to them are
written by whoever has the log. Whoever counts, or writes what is counted, holds the warning: so no two wait for each
other, and no counter loses what came in between.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from common.errors import ForewarnedError, Sentence
from reports.models import Comment, Report, Warning
from reports.workflow import OPEN

Post = TypeVar("Post", bound=Warning | Report | Comment)


def lock_posts(thing: Post) -> Post:
    """A warning, report or comment as it is now, held; of what stands below a warning that warning, and a comment's
    parent, as well. Raises DoesNotExist when it is gone."""
    rows: Any = type(thing)._default_manager
    if isinstance(thing, Warning):
        return _held(rows).get(pk=thing.pk)  # type: ignore[no-any-return]
    key = rows.values_list("warning", flat=True).get(pk=thing.pk)
    parent = getattr(thing, "parent_id", None)
    warnings = lock_warnings([key])
    below = {row.pk: row for row in _held(rows).filter(pk__in=[thing.pk, parent or thing.pk]).order_by("pk")}
    row = below[thing.pk] if thing.pk in below else rows.get(pk=thing.pk)
    if row.warning_id not in warnings:
        # It moved to another warning while we waited.
        warnings = lock_warnings([row.warning_id])
    row.warning = warnings[row.warning_id]
    if parent in below:
        row.parent = below[parent]
        row.parent.warning = row.warning
    return row  # type: ignore[no-any-return]


def lock_warnings(keys: Iterable[int]) -> dict[int, Warning]:
    """Warnings as they are now, held, by key."""
    return {row.pk: row for row in _held(Warning.objects).filter(pk__in=set(keys)).order_by("pk")}


def lock_all(things: Iterable[Warning | Comment]) -> list[Warning | Comment]:
    """Warnings and comments as they are now, held, with the warnings that the comments stand under."""
    found = list(things)
    wanted = {thing.pk for thing in found if isinstance(thing, Warning)}
    below = {thing.pk: thing.warning_id for thing in found if isinstance(thing, Comment)}
    warnings = lock_warnings({*wanted, *below.values()})
    comments = _held(Comment.objects).filter(pk__in=below).order_by("pk")
    return [*(row for key, row in warnings.items() if key in wanted), *comments]


def _held(rows: Any) -> Any:
    # Not its key: that a row below points to it is no reason for the other one to wait.
    return rows.select_for_update(of=("self",), no_key=True)


class ReportClosedError(ForewarnedError):
    """The report was decided on, or taken back: it cannot be changed any more."""

    sentence = Sentence("This report was decided on or taken back, so it cannot be changed any more.", "closed")


def locked_report(report: Report) -> Report:
    """The report as it is now, locked until the transaction ends. Raises ReportClosedError."""
    row: Report = Report.objects.select_for_update(of=("self",)).select_related("warning").get(pk=report.pk)
    if row.status not in OPEN:
        raise ReportClosedError
    return row
