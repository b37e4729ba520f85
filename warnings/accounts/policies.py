"""Policies on staff, second factors, sessions and handles."""

import re
from typing import Any

from allauth.mfa.utils import is_mfa_enabled

from accounts.choices import TrustLevel
from accounts.models import FormerHandle, User
from accounts.permissions import STAFF
from accounts.reserved_handles import speaks_for_the_site
from common.errors import Sentence

DAY = 86_400
# Seconds since sign-in, and seconds without a request, after which a session ends (ASVS 7.3.1, 7.3.2).
LONGEST_SESSION, LONGEST_IDLE = 90 * DAY, 14 * DAY
LONGEST_STAFF_SESSION, LONGEST_STAFF_IDLE = DAY // 2, DAY // 12
HANDLE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|[-_](?![-_])){1,28}[A-Za-z0-9]")
HANDLE_RULE = Sentence("Use 3 to 30 letters A to Z, digits, and single - or _ between them.", "handle")


def is_staff(user: User) -> bool:
    """Return whether a user is a moderator or administrator."""
    return user.trust_level in STAFF


def is_last_administrator(user: User) -> bool:
    """Return whether a site without this user would have nobody who can appoint moderators."""
    others = User.objects.acting_administrators().exclude(pk=user.pk)
    return user.trust_level == TrustLevel.ADMINISTRATOR and not others.exists()


def needs_second_factor(user: Any) -> bool:
    """Return whether a user must have a second factor."""
    return is_staff(user)


def has_second_factor(user: Any) -> bool:
    """Return whether a user has set up an authenticator app or a security key."""
    return bool(is_mfa_enabled(user))


def lacks_second_factor(user: Any) -> bool:
    """Return whether a user must set up a second factor before anything else."""
    return needs_second_factor(user) and not has_second_factor(user)


def session_is_over(user: User, *, age: float, idle: float) -> bool:
    """Return whether a session of this age and idle time has ended. Both are in seconds."""
    if is_staff(user):
        return age > LONGEST_STAFF_SESSION or idle > LONGEST_STAFF_IDLE
    return age > LONGEST_SESSION or idle > LONGEST_IDLE


def handle_is_taken(handle: str) -> bool:
    """Return whether an account has this handle, or had it before it was erased, or one that looks like it."""
    return User.objects.like(handle).exists() or FormerHandle.objects.like(handle).exists()


def handle_problem(handle: str) -> str:
    """Return what is wrong with a new handle, as a sentence; empty if nothing is."""
    if not HANDLE.fullmatch(handle):
        return HANDLE_RULE
    if speaks_for_the_site(handle):
        return Sentence("That name would speak for the site. Please choose another.", "reserved")
    return ""
