"""Check the counters of warnings and comments against the rows that they count, and their places in the order."""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from common.db.row_checks import Rows, check_of_rows, name_of
from reports.actions.trust import has_standing
from reports.actions.warnings import helpfulness_of
from reports.models import Comment, Report, Vote, Warning
from reports.participants import participants_of

# Recent counts change with the calendar, so allow for the time between two runs of the daily job.
_TIDIED_WITHIN = timedelta(days=2)
_VOTED = ("vote_count", "standing_votes", "participants", "helpfulness")
_COUNTED = ("report_count", "comment_count", "recent_reporters")


def _posts(posts: Rows) -> Iterator[str]:
    """Yield wrong numbers of votes and participants, and wrong places in the order."""
    if not posts:
        return
    column = str(posts[0]._meta.model_name)
    votes = Vote.objects.counting().filter(**{f"{column}__in": posts})
    every, standing = _by(column, votes), _by(column, votes.filter(standing=True))
    people = participants_of(posts)
    for post in posts:
        yield from _differs(post, "vote_count", every.get(post.pk, 0), "votes")
        yield from _differs(post, "standing_votes", standing.get(post.pk, 0), "votes with standing")
        yield from _differs(post, "participants", people[post.pk], "participants")
        place = helpfulness_of(post)
        if not math.isclose(post.helpfulness, place, abs_tol=1e-9):
            yield f"{_called(post)} stands at {post.helpfulness}; its votes give {place}. (helpfulness)"


def _warnings(warnings: Rows) -> Iterator[str]:
    """Yield wrong numbers of reports, comments and recent reporters."""
    reports = _by("warning", Report.objects.published().filter(warning__in=warnings))
    live = Comment.objects.published().filter(deleted_at__isnull=True, warning__in=warnings)
    comments, now = _by("warning", live), timezone.now()
    most, least = (_recent_reporters(warnings, at) for at in (now - _TIDIED_WITHIN, now))
    for warning in warnings:
        yield from _differs(warning, "report_count", reports.get(warning.pk, 0), "reports")
        yield from _differs(warning, "comment_count", comments.get(warning.pk, 0), "comments")
        real = least.get(warning.pk, 0)
        if not real <= warning.recent_reporters <= most.get(warning.pk, 0):
            yield from _differs(warning, "recent_reporters", real, "recent reporters")


def _votes(votes: Rows) -> Iterator[str]:
    """Yield votes that weigh more or less than their voter's trust level allows."""
    voters = User.objects.in_bulk({vote.user_id for vote in votes})
    for vote in votes:
        real = has_standing(voters[vote.user_id])
        if vote.voided_at is None and vote.standing != real:
            yield f"{name_of(vote)}: standing is {vote.standing}; the trust level of the voter gives {real}."


def _comments(comments: Rows) -> Iterator[str]:
    """Yield replies to a comment on another warning, or to a reply."""
    parents = Comment.objects.in_bulk({comment.parent_id for comment in comments if comment.parent_id})
    for comment in comments:
        parent = parents.get(comment.parent_id)
        if parent and (parent.warning_id, parent.level, comment.level) != (comment.warning_id, 0, 1):
            yield f"{name_of(comment)}: level or warning is not that of a reply to comment {parent.pk}."


def _differs(post: Any, counter: str, real: int, words: str) -> Iterator[str]:
    stored = getattr(post, counter)
    if stored != real:
        yield f"{_called(post)} says {stored} {words}; there are {real}. ({counter})"


def _called(post: Any) -> str:
    return f"{post._meta.verbose_name} {post.pk}"


def _by(column: str, rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list(column).annotate(n=Count("pk")))


def _recent_reporters(warnings: Sequence[Warning], at: datetime) -> dict[int, int]:
    reports = Report.objects.published().filter(warning__in=warnings).of_the_year_before(at).order_by()
    counted = reports.values("warning").annotate(
        people=Count("author", distinct=True), strangers=Count("pk", filter=Q(author__isnull=True))
    )
    return {row["warning"]: row["people"] + row["strangers"] for row in counted}


CHECKS = (
    *(
        check_of_rows(
            f"{model._meta.verbose_name_plural}: votes",
            *(f"{model._meta.label}.{name}" for name in _VOTED),
            rows=model._default_manager.all,
            find=_posts,
        )
        for model in (Warning, Comment)
    ),
    check_of_rows(
        "warnings: counters",
        *(f"reports.Warning.{name}" for name in _COUNTED),
        rows=Warning.objects.all,
        find=_warnings,
    ),
    check_of_rows("votes: standing", "reports.Vote.standing", rows=Vote.objects.all, find=_votes),
    check_of_rows("comments: replies", "reports.Comment.level", rows=Comment.objects.all, find=_comments),
)
