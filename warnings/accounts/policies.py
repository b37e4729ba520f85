"""Yes-or-no questions about accounts."""

import re
from typing import Any

from allauth.mfa.utils import is_mfa_enabled

from accounts.models import User
from accounts.permissions import STAFF
from common.errors import Sentence

DAY = 86_400
# Seconds from signing in, and without a request, after which one has to sign in again (ASVS 7.3.1, 7.3.2).
LONGEST_SESSION, LONGEST_IDLE = 90 * DAY, 14 * DAY
LONGEST_STAFF_SESSION, LONGEST_STAFF_IDLE = DAY // 2, DAY // 12
HANDLE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|[-_](?![-_])){1,28}[A-Za-z0-9]")
# Names that would speak for the site, compared folded; and beginnings of such names.
SPEAKS_FOR_THE_SITE = frozenset(
    "admin administrator forewarned formermember help mod moderator moderation null official owner root security"
    " staff support system team undefined webmaster anonymous everyone me".split()
)


def is_staff(user: User) -> bool:
    """Whether somebody moderates or administers."""
    return user.trust_level in STAFF


def needs_second_factor(user: Any) -> bool:
    """Whether somebody may use the site only with a second factor."""
    return is_staff(user)


def has_second_factor(user: Any) -> bool:
    """Whether somebody has set up an authenticator app or a security key."""
    return bool(is_mfa_enabled(user))


def session_is_over(user: User, *, age: float, idle: float) -> bool:
    """Whether a session of this age has ended, or one that was not used for so long; both in seconds."""
    if is_staff(user):
        return age > LONGEST_STAFF_SESSION or idle > LONGEST_STAFF_IDLE
    return age > LONGEST_SESSION or idle > LONGEST_IDLE


def handle_problem(handle: str, folded: str) -> str:
    """What is wrong with a handle that somebody wants, as a sentence; empty if nothing is.

    `folded` is the handle as `common.text.folding.fold` gives it.
    """
    if not HANDLE.fullmatch(handle):
        return Sentence("Use 3 to 30 letters A to Z, digits, and single - or _ between them.", "handle")
    if folded in SPEAKS_FOR_THE_SITE or folded.startswith("forewarned"):
        return Sentence("That name would speak for the site. Please choose another.", "reserved")
    return ""
