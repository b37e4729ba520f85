"""Appointing moderators; each action is one transaction."""

from django.db import transaction

from accounts.actions import accounts, notifications
from accounts.choices import NotificationKind, TrustLevel
from accounts.models import User
from accounts.permissions import STAFF
from moderation.keeping.holding import NotPossible, held
from reports.actions.trust import refresh_trust, settle_trust

APPOINTED = "You are a {level} now"
REMOVED = "You do not moderate any more; thank you"


@transaction.atomic
def appoint(*, actor: User, user: User, level: TrustLevel) -> None:
    """Make somebody a moderator or administrator, or let their record say their level again; their sessions end.

    Nobody changes their own level, and the last administrator stays. Raises NotPossible or PermissionDenied.
    """
    row = held(actor=actor, user=user)
    if row.trust_level == level or (level not in STAFF and row.trust_level not in STAFF):
        raise NotPossible("That is their level already.", "same-level")
    accounts.appoint(actor=actor, user=row, level=level)
    if level not in STAFF:
        refresh_trust(person=row)
    # What they gave counts by their new level.
    settle_trust.enqueue(person=row.pk)
    words = (
        APPOINTED.format(level=level.label.lower()) if level in STAFF else "You do not moderate any more; thank you"
    )
    notifications.notify(
        recipients=[row], kind=NotificationKind.TRUST, key="appointed", text=words, address=f"/u/{row.handle}/"
    )
