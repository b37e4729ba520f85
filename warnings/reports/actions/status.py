"""Change the status of warnings, reports and comments; no other module writes it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from audit import log
from common.errors import ForewarnedError
from reports import workflow
from reports.actions.warnings import helpfulness_of, save_first_version
from reports.choices import Status
from reports.models import Comment, Report, Step, Warning
from reports.signals import post_settled, posts_changed

# The actor for automatic changes.
SYSTEM = "system"
STATE_TIMES = ("published_at", "taken_down_at")


class InvalidTransitionError(ForewarnedError):
    """The workflow does not allow this transition."""


@transaction.atomic
def change_status(
    *, actor: str, post: Warning | Report | Comment, status: Status, reason: str, into: Warning | None = None
) -> None:
    """Change the status of a post and log the actor.

    `reason` is stored with the report's steps, for its author. It never goes into the audit log, which cannot be
    redacted. `into` is the target when a warning is merged. Raises InvalidTransitionError if the workflow does not
    allow the transition.
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
    """Restore the status that a post had before a decision that is now undone.

    `state` comes from `reports.post_states.state_of`. Apart from `change_status`, this is the only function that
    writes a status. It skips the workflow check, since the post was in this state before.
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
    """Save a post whose status was set, update what depends on it and send the signals."""
    status = Status(post.status)
    fields = ["status", "published_at", "taken_down_at"]
    post.save(update_fields=[*fields, "merged_into"] if isinstance(post, Warning) else fields)
    if not isinstance(post, Warning):
        post_settled.send(sender=type(post), post=post)
    if isinstance(post, Warning | Comment):
        type(post)._default_manager.filter(pk=post.pk).update(helpfulness=helpfulness_of(post))
    if isinstance(post, Warning) and status == Status.PUBLISHED:
        save_first_version(warning=post)
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
    """Return the identifier of a post in the audit log; it identifies no person, since the log outlives the text."""
    return f"{post._meta.model_name} {post.pk if isinstance(post, Warning) else post.public_id}"
