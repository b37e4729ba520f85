"""Appointing moderators; each action is one transaction."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import actions as accounts
from accounts.models import User
from accounts.noticing import actions as noticing
from accounts.permissions import STAFF, may
from accounts.words import NoticeKind, TrustLevel
from reports.voting.trusting import refresh_trust, settle_trust


class NotPossible(Exception):
    """Somebody cannot be given this level; the message says why, as a sentence."""


@transaction.atomic
def appoint(*, actor: User, user: User, level: TrustLevel) -> None:
    """Make somebody a moderator or administrator, or let their record say their level again; their sessions end.

    Nobody changes their own level, and the last administrator stays. Raises NotPossible or PermissionDenied.
    """
    if not may("appoint", actor):
        raise PermissionDenied("Administrators appoint moderators.")
    # All administrators are held, so that two cannot remove each other at the same moment.
    administrators = list(
        User.objects.select_for_update().filter(trust_level=TrustLevel.ADMINISTRATOR, is_active=True).order_by("pk")
    )
    if actor not in administrators:
        raise NotPossible("You are no administrator any more.")
    row = User.objects.select_for_update().get(pk=user.pk)
    if row == actor:
        raise NotPossible("Nobody changes their own level. Ask another administrator.")
    if row.erased_at or not row.is_active or row.is_suspended:
        raise NotPossible("This account cannot be appointed at present.")
    if row.trust_level == level or (level not in STAFF and row.trust_level not in STAFF):
        raise NotPossible("That is their level already.")
    accounts.appoint(actor=actor, user=row, level=level)
    if level not in STAFF:
        refresh_trust(person=row)
    # What they gave counts by their new level.
    settle_trust.enqueue(person=row.pk)
    words = f"You are a {level.label.lower()} now" if level in STAFF else "You do not moderate any more; thank you"
    noticing.tell(recipients=[row], kind=NoticeKind.TRUST, key="appointed", text=words, address=f"/u/{row.handle}/")
