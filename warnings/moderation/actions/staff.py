"""Appoint moderators and administrators, with the necessary row locks. Each action is one transaction."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions import accounts, notifications
from accounts.choices import NotificationKind, TrustLevel
from accounts.models import User
from accounts.permissions import STAFF, may
from common.errors import ForewarnedError
from reports.actions.trust import refresh_trust, settle_trust


class AppointmentError(ForewarnedError):
    """This user cannot be given this trust level. The message gives the reason."""


class NotAdministratorError(AppointmentError):
    """The actor is no longer an administrator."""

    status = HTTPStatus.FORBIDDEN


def locked_people(*, actor: User, user: User) -> User:
    """Lock and return the user whose trust level `actor` is about to change.

    Raises AppointmentError or PermissionDenied.
    """
    if not may("appoint", actor):
        raise PermissionDenied("Administrators appoint moderators.")
    # Lock all administrators, so that two cannot remove each other concurrently.
    administrators = list(
        User.objects.select_for_update(no_key=True)
        .filter(trust_level=TrustLevel.ADMINISTRATOR, is_active=True)
        .order_by("pk")
    )
    if actor not in administrators:
        raise NotAdministratorError("You are no administrator any more.", "not-administrator")
    row: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if row == actor:
        raise AppointmentError("Nobody changes their own level. Ask another administrator.", "own-level")
    if row.erased_at or not row.is_active or row.is_suspended:
        raise AppointmentError("This account cannot be appointed at present.", "unappointable")
    return row


APPOINTED = "You are a {level} now"
REMOVED = "You do not moderate any more; thank you"


@transaction.atomic
def appoint(*, actor: User, user: User, level: TrustLevel) -> None:
    """Make a user a moderator or administrator, or return them to the level they earned; end their sessions.

    Users cannot change their own level, and the last administrator stays. Raises AppointmentError or
    PermissionDenied.
    """
    row = locked_people(actor=actor, user=user)
    if row.trust_level == level or (level not in STAFF and row.trust_level not in STAFF):
        raise AppointmentError("That is their level already.", "same-level")
    accounts.appoint(actor=actor, user=row, level=level)
    if level not in STAFF:
        refresh_trust(person=row)
    # Their votes are weighted by their new level.
    settle_trust.enqueue(person=row.pk)
    words = (
        APPOINTED.format(level=level.label.lower()) if level in STAFF else "You do not moderate any more; thank you"
    )
    notifications.notify(
        recipients=[row], kind=NotificationKind.TRUST, key="appointed", text=words, address=f"/u/{row.handle}/"
    )
