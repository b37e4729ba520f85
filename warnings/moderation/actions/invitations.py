"""Invite moderators, and revoke and accept invitations. Each action is one transaction."""

import secrets
from datetime import datetime, timedelta
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from accounts.permissions import STAFF, may
from audit import log
from common.errors import ForewarnedError, Sentence
from moderation.actions import staff
from moderation.actions.staff import AppointmentError, NotAdministratorError, locked_people
from moderation.models import Invitation

GOOD_FOR = timedelta(days=7)
# Invitations are deleted this long after they expire; the log keeps each step.
KEPT = timedelta(days=30)


class InvitationExpiredError(ForewarnedError):
    """The invitation is used, revoked, expired or unknown, or its sender is no longer an administrator."""

    status = HTTPStatus.NOT_FOUND
    sentence = Sentence("This invitation is over.", "invitation-over")


@transaction.atomic
def invite(*, actor: User) -> tuple[Invitation, str]:
    """Create an invitation to moderate; return it with the secret of its link, which cannot be shown again.

    Raises PermissionDenied.
    """
    _require_keeper(actor)
    token, now = secrets.token_urlsafe(32), timezone.now()
    made = Invitation.objects.create(token_hash=Invitation.hash_of(token), by=actor, at=now, until=now + GOOD_FOR)
    log.record(
        actor=actor.handle, verb="invitation.make", target=_name(made), after={"until": made.until.isoformat()}
    )
    return made, token


@transaction.atomic
def revoke(*, actor: User, invitation: Invitation) -> bool:
    """Revoke an invitation; return whether it was still open. Raises PermissionDenied."""
    _require_keeper(actor)
    if not Invitation.objects.filter(pk=invitation.pk).untouched().update(revoked_at=timezone.now()):
        return False
    log.record(actor=actor.handle, verb="invitation.revoke", target=_name(invitation))
    return True


@transaction.atomic
def accept(*, actor: User, token: str) -> None:
    """Appoint the actor as a moderator on behalf of the invitation's sender; end all their sessions.

    Only the first person to use the link is appointed. Raises InvitationExpiredError or AppointmentError.
    """
    now = timezone.now()
    found = Invitation.objects.open(now).with_token(token).select_related("by").first()
    if found is None or found.by is None:
        raise InvitationExpiredError
    try:
        row = locked_people(actor=found.by, user=actor)
        if row.trust_level in STAFF:
            raise AppointmentError("You moderate already.", "moderates-already")
    except (PermissionDenied, NotAdministratorError):
        raise InvitationExpiredError from None
    # Check again in the statement that uses the invitation, because it may have been used or revoked meanwhile.
    # Filter on its own columns only: after waiting for a row lock, PostgreSQL rechecks no others. Do this before
    # locking the audit log, as `revoke` does, to prevent a deadlock.
    if not Invitation.objects.filter(pk=found.pk).untouched().update(accepted_at=now, accepted_by=row):
        raise InvitationExpiredError
    staff.appoint(actor=found.by, user=row, level=TrustLevel.MODERATOR)
    log.record(actor=row.handle, verb="invitation.accept", target=_name(found))


@transaction.atomic
def erase_with_account(*, user: User) -> None:
    """Delete the unaccepted invitations of an erased account and unlink it from the accepted ones."""
    Invitation.objects.filter(by=user, accepted_at__isnull=True).delete()
    Invitation.objects.filter(by=user).update(by=None)
    Invitation.objects.filter(accepted_by=user).update(accepted_by=None)


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """Delete invitations that expired more than `KEPT` ago; return their number."""
    return Invitation.objects.filter(until__lt=now - KEPT).delete()[0]


def _require_keeper(actor: User) -> None:
    if not may("appoint", actor):
        raise PermissionDenied("Administrators invite moderators.")


def _name(invitation: Invitation) -> str:
    return f"invitation {invitation.pk}"
