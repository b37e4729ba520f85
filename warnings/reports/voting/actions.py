"""What changes votes; each action is one transaction and leaves the counters exact."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import may, why_suspended
from audit import actions as audit
from common.errors import ForewarnedError, Sentence
from reports.holding import hold, hold_all
from reports.models import Comment, Vote, Warning
from reports.voting.policies import is_open
from reports.voting.tasks import scan_soon
from reports.voting.trusting import counted, stands
from reports.words import VoidReason


class VoteRefused(ForewarnedError):
    """Somebody may not vote on this; the message says why."""


@transaction.atomic
def cast_vote(*, actor: User, thing: Warning | Comment) -> Warning | Comment:
    """Vote for a warning or comment; voting twice is voting once. Returns it as it is now. Raises VoteRefused."""
    row = _held(thing)
    own = row.author_id == actor.pk
    if not may("vote", actor, own=own):
        raise VoteRefused(why_suspended(actor) or Sentence("Nobody votes on their own.", "own"))
    if not is_open(row):
        raise VoteRefused("This is not open for votes.", "closed")
    vote, fresh = Vote.objects.get_or_create(
        user=actor, **{row._meta.model_name or "": row}, defaults={"standing": stands(actor)}
    )
    if not fresh and vote.voided_at is None:
        return row
    if not fresh:
        _give_back(actor, vote)
    scan_soon()
    return counted(row)


@transaction.atomic
def take_back_vote(*, actor: User, thing: Warning | Comment) -> Warning | Comment:
    """Take a vote back, if there is one. Returns the warning or comment as it is now. Raises VoteRefused."""
    row = _held(thing)
    if refusal := why_suspended(actor):
        raise VoteRefused(refusal)
    # A vote that was voided stays: taking it back would wash it clean.
    gone, _ = Vote.objects.on(row).by(actor).counting().delete()
    return counted(row) if gone else row


@transaction.atomic
def erase_votes(*, voter: User) -> None:
    """Erase all votes of an account that is being erased."""
    votes = Vote.objects.by(voter)
    rows = hold_all(votes.counting().things())
    votes.delete()
    for row in rows:
        counted(row)


@transaction.atomic
def void_votes(*, actor: str, voter: User, reason: VoidReason) -> list[int]:
    """Stop counting somebody's votes, reversibly; return their keys."""
    votes = Vote.objects.by(voter).counting()
    rows = hold_all(votes.things())
    keys = list(votes.values_list("pk", flat=True))
    Vote.objects.filter(pk__in=keys).update(voided_at=timezone.now(), void_reason=reason)
    for row in rows:
        counted(row)
    after = {"votes": len(keys)}
    audit.record(actor=actor, verb="votes.void", target=f"account {voter.public_id}", after=after, reason=reason)
    return keys


@transaction.atomic
def restore_votes(*, actor: str, voter: User, reason: VoidReason, keys: Sequence[int] | None = None) -> int:
    """Count somebody's votes again that were voided for this reason, or those with these keys; return how many.

    Votes of a ring whose voter is suspended stay void for that, until the suspension is over.
    """
    votes = Vote.objects.by(voter).filter(void_reason=reason)
    if keys is not None:
        votes = votes.filter(pk__in=keys)
    rows = hold_all(votes.things())
    if voter.is_suspended and reason != VoidReason.SUSPENDED:
        count = votes.update(void_reason=VoidReason.SUSPENDED)
    else:
        count = votes.update(voided_at=None, void_reason="", standing=stands(voter))
    for row in rows:
        counted(row)
    audit.record(
        actor=actor, verb="votes.restore", target=f"account {voter.public_id}", after={"votes": count}, reason=reason
    )
    return count


def _held(thing: Warning | Comment) -> Warning | Comment:
    try:
        return hold(thing)
    except ObjectDoesNotExist:
        raise VoteRefused("This was deleted meanwhile.", "deleted") from None


def _give_back(actor: User, vote: Vote) -> None:
    """Let a vote count again that its voter gives anew after a suspension; what a decision took stays taken."""
    over: datetime | None = actor.suspended_until
    if vote.void_reason != VoidReason.SUSPENDED or over is None:
        raise VoteRefused("Your vote on this was voided by a decision. It is among your notices.", "voided")
    vote.voided_at, vote.void_reason, vote.standing = None, "", stands(actor)
    vote.save(update_fields=["voided_at", "void_reason", "standing"])
