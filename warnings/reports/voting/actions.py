"""What changes votes; each action is one transaction and leaves the counters exact."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import User
from accounts.noticing import actions as noticing
from accounts.permissions import STAFF, may
from accounts.trust import level_of
from accounts.words import NoticeKind
from audit import actions as audit
from reports import actions as reports
from reports.models import Comment, Vote, Warning
from reports.voting.policies import is_open
from reports.voting.records import record_of
from reports.voting.tasks import scan_soon
from reports.words import VoidReason


class VoteRefused(Exception):
    """Somebody may not vote on this; the message says why."""


@transaction.atomic
def cast_vote(*, actor: User, thing: Warning | Comment) -> Warning | Comment:
    """Vote for a warning or comment; voting twice is voting once. Returns it as it is now. Raises VoteRefused."""
    row = _locked(thing)
    own = row.author_id == actor.pk
    if not may("vote", actor, own=own):
        raise VoteRefused("Nobody votes on their own." if own else "You may not vote at present.")
    if not is_open(row):
        raise VoteRefused("This is not open for votes.")
    _, fresh = Vote.objects.get_or_create(
        user=actor,
        **{row._meta.model_name or "": row},
        defaults={"standing": may("vote_counts", actor)},
    )
    if not fresh:
        return row
    scan_soon()
    return _counted(row)


@transaction.atomic
def take_back_vote(*, actor: User, thing: Warning | Comment) -> Warning | Comment:
    """Take a vote back, if there is one. Returns the warning or comment as it is now."""
    row = _locked(thing)
    # A vote that was voided stays: taking it back would wash it clean.
    gone, _ = Vote.objects.on(row).by(actor).counting().delete()
    return _counted(row) if gone else row


@transaction.atomic
def void_votes(*, actor: str, voter: User, reason: VoidReason) -> int:
    """Stop counting somebody's votes, reversibly; return how many."""
    votes = Vote.objects.by(voter).counting()
    things = _things(votes)
    count = votes.update(voided_at=timezone.now(), void_reason=reason)
    for thing in things:
        _counted(_locked(thing))
    audit.record(
        actor=actor, verb="votes.void", target=f"account {voter.public_id}", after={"votes": count}, reason=reason
    )
    return count


@transaction.atomic
def restore_votes(*, actor: str, voter: User, reason: VoidReason) -> int:
    """Count somebody's votes again that were voided for this reason; return how many."""
    votes = Vote.objects.by(voter).filter(void_reason=reason)
    things = _things(votes)
    count = votes.update(voided_at=None, void_reason="", standing=may("vote_counts", voter))
    for thing in things:
        _counted(_locked(thing))
    audit.record(
        actor=actor, verb="votes.restore", target=f"account {voter.public_id}", after={"votes": count}, reason=reason
    )
    return count


@transaction.atomic
def refresh_trust(*, person: User) -> None:
    """Give somebody the level that their record earns; with it their votes gain or lose standing."""
    user = User.objects.select_for_update().get(pk=person.pk)
    if user.trust_level in STAFF or user.erased_at:
        return
    level = level_of(record_of(user, timezone.now()))
    if level == user.trust_level:
        return
    accounts.set_trust_level(user=user, level=level, reason="worked out from their record")
    noticing.tell(
        recipients=[user],
        kind=NoticeKind.TRUST,
        key="trust",
        text=f"Your trust level is now: {level.label}",
        address=reverse("profile", kwargs={"handle": user.handle}),
    )
    standing = may("vote_counts", user)
    votes = Vote.objects.by(user).exclude(standing=standing)
    things = _things(votes)
    votes.update(standing=standing)
    for thing in things:
        _counted(_locked(thing))


def _locked(thing: Warning | Comment) -> Warning | Comment:
    rows = type(thing)._default_manager.select_for_update(of=("self",))
    found: Warning | Comment = rows.get(pk=thing.pk)
    return found


def _things(votes: object) -> list[Warning | Comment]:
    """What votes are on, in one order everywhere, so that two who lock them cannot wait for each other."""
    keys = list(votes.values_list("warning", "comment"))  # type: ignore[attr-defined]
    warnings = Warning.objects.filter(pk__in=[warning for warning, _ in keys if warning]).order_by("pk")
    comments = Comment.objects.filter(pk__in=[comment for _, comment in keys if comment]).order_by("pk")
    return [*warnings, *comments]


def _counted(row: Warning | Comment) -> Warning | Comment:
    reports.recount_votes(thing=row)
    if row.author is not None:
        refresh_trust(person=row.author)
    return row
