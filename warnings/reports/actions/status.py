"""Move warnings, reports and comments from one status to another: the only place that does."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from audit import log
from common.errors import ForewarnedError
from reports import workflow
from reports.actions.warnings import helpfulness_of, keep_first_version
from reports.choices import Status
from reports.models import Comment, Report, Step, Warning
from reports.signals import post_settled, posts_changed

# Who acts when the software does by itself.
SYSTEM = "system"
STATE_TIMES = ("published_at", "taken_down_at")


class InvalidTransitionError(ForewarnedError):
    """The workflow does not allow this change of status."""


@transaction.atomic
def change_status(
    *, actor: str, post: Warning | Report | Comment, status: Status, reason: str, into: Warning | None = None
) -> None:
    """Move a warning, report or comment to another state and remember who did it.

    `reason` goes to the steps of a report, for its author; never into the memory, from which no words can be taken.
    `into` is the warning that one is merged into. Raises InvalidTransitionError when the workflow has no such move.
    """
    before = Status(post.status)
    if not workflow.may_move(before, status):
        raise InvalidTransitionError(f"{post} cannot go from {before.label!r} to {status.label!r}.", "no-such-move")
    post.status = status
    if status == Status.PUBLISHED and post.published_at is None:
        post.published_at = timezone.now()
    if isinstance(post, Warning):
        post.merged_into = into
    post.taken_down_at = timezone.now() if status == Status.UNPUBLISHED else None
    _save_status(actor, post, before, reason)


@transaction.atomic
def restore_status(*, actor: str, post: Warning | Report | Comment, state: Mapping[str, Any], reason: str) -> None:
    """Restore the status that a post had before a decision that is undone.

    `state` comes from `reports.post_states.state_of`. Together with `change_status` the only function that writes a
    status; the workflow is not asked, since the post was in this state before.
    """
    before = Status(post.status)
    post.status = Status(state["status"])
    for name in STATE_TIMES:
        if name in state:
            setattr(post, name, parse_datetime(state[name]) if state[name] else None)
    if isinstance(post, Warning):
        post.merged_into_id = state["merged_into"]
        post.locked, post.disputed = state["locked"], state["disputed"]
        post.save(update_fields=["locked", "disputed"])
    _save_status(actor, post, before, reason)


def _save_status(actor: str, post: Warning | Report | Comment, before: Status, reason: str) -> None:
    """Save a post whose status was set, and everything that follows from it."""
    status = Status(post.status)
    fields = ["status", "published_at", "taken_down_at"]
    post.save(update_fields=[*fields, "merged_into"] if isinstance(post, Warning) else fields)
    if not isinstance(post, Warning):
        post_settled.send(sender=type(post), post=post)
    if isinstance(post, Warning | Comment):
        type(post)._default_manager.filter(pk=post.pk).update(helpfulness=helpfulness_of(post))
    if isinstance(post, Warning) and status == Status.PUBLISHED:
        keep_first_version(warning=post)
    posts_changed.send(sender=type(post), keys=[post.pk], below=isinstance(post, Warning))
    if status == before:
        return
    if isinstance(post, Report):
        Step.objects.create(report=post, status=status, reason=reason, automatic=actor == SYSTEM)
    log.record(
        actor=actor,
        verb=f"{post._meta.model_name}.{status}",
        target=audit_target(post),
        before={"status": before},
        after={"status": status},
    )


def audit_target(post: Warning | Report | Comment) -> str:
    """Return the name of a post in the audit log: words that identify no person, since they outlive the text."""
    return f"{post._meta.model_name} {post.pk if isinstance(post, Warning) else post.public_id}"
