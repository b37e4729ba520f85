"""The people of an appointment, held against others until the transaction ends."""

from django.core.exceptions import PermissionDenied

from accounts.choices import TrustLevel
from accounts.models import User
from accounts.permissions import may
from common.errors import ForewarnedError


class NotPossible(ForewarnedError):
    """Somebody cannot be given this level; the message says why, as a sentence."""


class NoKeeper(NotPossible):
    """Whoever appoints does not administer any more."""


def held(*, actor: User, user: User) -> User:
    """Somebody as they are now, whom `actor` may give another level. Raises NotPossible or PermissionDenied."""
    if not may("appoint", actor):
        raise PermissionDenied("Administrators appoint moderators.")
    # All administrators are held, so that two cannot remove each other at the same moment.
    administrators = list(
        User.objects.select_for_update(no_key=True)
        .filter(trust_level=TrustLevel.ADMINISTRATOR, is_active=True)
        .order_by("pk")
    )
    if actor not in administrators:
        raise NoKeeper("You are no administrator any more.")
    row: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if row == actor:
        raise NotPossible("Nobody changes their own level. Ask another administrator.", "own-level")
    if row.erased_at or not row.is_active or row.is_suspended:
        raise NotPossible("This account cannot be appointed at present.", "unappointable")
    return row
