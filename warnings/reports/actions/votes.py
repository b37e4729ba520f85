"""Cast, retract, void and restore votes. Each action is one transaction and leaves the counters exact."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from accounts.permissions import may, why_suspended
from accounts.trust import DAYS_OF_TRUSTED, FORGETS_AFTER_DAYS
from audit import log
from common.errors import ForewarnedError, Sentence
from reports.actions.trust import counted, has_standing, settle
from reports.choices import Status, VoidReason
from reports.locks import lock_all, lock_posts
from reports.models import Comment, Report, Vote, Warning
from reports.policies.votes import is_open
from reports.tasks import scan_soon


class VoteError(ForewarnedError):
    """The actor may not vote on this post; the message says why."""

    status = HTTPStatus.FORBIDDEN


@transaction.atomic
def cast_vote(*, actor: User, post: Warning | Comment) -> Warning | Comment:
    """Vote for a warning or comment and return it as it is now. Idempotent. Raises VoteError."""
    row = _locked(post)
    own = row.author_id == actor.pk
    if not may("vote", actor, own=own):
        raise VoteError(why_suspended(actor) or Sentence("Nobody votes on their own.", "own"))
    if not is_open(row):
        raise VoteError("This is not open for votes.", "closed")
    vote, fresh = Vote.objects.get_or_create(
        user=actor, **{row._meta.model_name or "": row}, defaults={"standing": has_standing(actor)}
    )
    if not fresh and vote.voided_at is None:
        return row
    if not fresh:
        _restore(actor, vote)
    scan_soon()
    return counted(row)


@transaction.atomic
def retract_vote(*, actor: User, post: Warning | Comment) -> Warning | Comment:
    """Retract a vote, if there is one, and return the post as it is now. Raises VoteError."""
    row = _locked(post)
    if refusal := why_suspended(actor):
        raise VoteError(refusal)
    # Voided votes are kept: deleting one would let the user vote again.
    gone, _ = Vote.objects.on(row).by(actor).counting().delete()
    return counted(row) if gone else row


@transaction.atomic
def erase_votes(*, voter: User) -> None:
    """Delete all votes of an account that is being erased."""
    votes = Vote.objects.by(voter)
    rows = lock_all(votes.counting().posts())
    votes.delete()
    for row in rows:
        counted(row)


@transaction.atomic
def void_votes(*, actor: str, voter: User, reason: VoidReason) -> list[int]:
    """Void a user's votes, reversibly; return the primary keys of the votes."""
    votes = Vote.objects.by(voter).counting()
    rows = lock_all(votes.posts())
    keys = list(votes.values_list("pk", flat=True))
    Vote.objects.filter(pk__in=keys).update(voided_at=timezone.now(), void_reason=reason)
    for row in rows:
        counted(row)
    after = {"votes": len(keys)}
    log.record(actor=actor, verb="votes.void", target=f"account {voter.public_id}", after=after, reason=reason)
    return keys


@transaction.atomic
def restore_votes(*, actor: str, voter: User, reason: VoidReason, keys: Sequence[int] | None = None) -> int:
    """Restore votes voided for this reason, or only those with these primary keys; return how many.

    Votes of a ring stay void while the voter is suspended.
    """
    votes = Vote.objects.by(voter).filter(void_reason=reason)
    if keys is not None:
        votes = votes.filter(pk__in=keys)
    rows = lock_all(votes.posts())
    if voter.is_suspended and reason != VoidReason.SUSPENDED:
        count = votes.update(void_reason=VoidReason.SUSPENDED)
    else:
        count = votes.update(voided_at=None, void_reason="", standing=has_standing(voter))
    for row in rows:
        counted(row)
    log.record(
        actor=actor, verb="votes.restore", target=f"account {voter.public_id}", after={"votes": count}, reason=reason
    )
    return count


def _locked(post: Warning | Comment) -> Warning | Comment:
    try:
        return lock_posts(post)
    except ObjectDoesNotExist:
        raise VoteError("This was deleted meanwhile.", "deleted") from None


def _restore(actor: User, vote: Vote) -> None:
    """Count a vote again that its voter casts anew after a suspension. Raises VoteError if a decision voided it."""
    over: datetime | None = actor.suspended_until
    if vote.void_reason != VoidReason.SUSPENDED or over is None:
        raise VoteError("Your vote on this was voided by a decision. It is among your notices.", "voided")
    vote.voided_at, vote.void_reason, vote.standing = None, "", has_standing(actor)
    vote.save(update_fields=["voided_at", "void_reason", "standing"])


# Changes due in this period are checked, so that a few days without the timer lose nothing.
LOOKS_BACK = timedelta(days=30)
BATCH = 200


def tidy(*, now: datetime) -> dict[str, int]:
    """Restore votes whose voter's suspension is over, and update trust levels that change with time.

    Returns the number of restored votes and of people whose trust was checked.
    """
    voided = Vote.objects.filter(void_reason=VoidReason.SUSPENDED).values("user")
    over = User.objects.filter(pk__in=voided).exclude(suspended_until__gt=now)
    votes = sum(
        restore_votes(actor="system", voter=user, reason=VoidReason.SUSPENDED) for user in over.order_by("pk")
    )
    keys = list(_changed_by_time(now).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        for user in User.objects.filter(pk__in=keys[start : start + BATCH]).order_by("pk"):
            settle(user)
    return {"votes": votes, "people": len(keys)}


def _changed_by_time(now: datetime) -> QuerySet[User]:
    """Return users whose level may change with time.

    These are members who have now been here long enough, and users whose unpublished posts no longer count.
    """
    forgotten = now - timedelta(days=FORGETS_AFTER_DAYS)
    taken_down = {
        "status": Status.UNPUBLISHED,
        "taken_down_at__lt": forgotten,
        "taken_down_at__gte": forgotten - LOOKS_BACK,
    }
    old_enough = now - timedelta(days=DAYS_OF_TRUSTED)
    grown = Q(trust_level=TrustLevel.MEMBER, joined_at__lte=old_enough, joined_at__gt=old_enough - LOOKS_BACK)
    for model in (Warning, Report, Comment):
        grown |= Q(
            trust_level__in=(TrustLevel.NEW, TrustLevel.MEMBER),
            pk__in=model._default_manager.filter(**taken_down).values("author"),
        )
    return User.objects.filter(grown, erased_at__isnull=True)
