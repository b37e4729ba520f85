"""Change, suspend and erase accounts. Each action is one transaction."""

import secrets
import time
import uuid
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import signing
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import policies
from accounts.choices import TrustLevel
from accounts.models import FormerHandle, Notification, NotificationSettings, Session, User
from accounts.signals import account_erased, account_leaving
from audit import log
from common.errors import ForewarnedError, Sentence

FIRST_ADMINISTRATOR = "first-administrator"
FIRST_ADMINISTRATOR_HOURS = 24


# Signed, so that an older link is told from a made-up one.
_SIGNER = signing.TimestampSigner(sep=".", salt="first administrator")


class LinkState(StrEnum):
    """The states of a one-time link."""

    CURRENT = "current"
    REPLACED = "replaced"
    EXPIRED = "expired"
    USED = "used"


class LinkExpiredError(ForewarnedError):
    """The one-time link was used, has expired, or is unknown."""

    status = HTTPStatus.NOT_FOUND
    sentence = Sentence("This link was used already or is too old.", "link-expired")


class HandleTakenError(ForewarnedError):
    """Another account has the handle, or had it, or has one that looks like it."""

    sentence = Sentence("That handle, or one that looks like it, is taken. Please choose another.", "taken")


class LastAdministratorError(ForewarnedError):
    """The only administrator cannot leave."""

    sentence = Sentence(
        "You are the only administrator. Appoint another one, then delete your account.", "last-administrator"
    )


@transaction.atomic
def store_new_account(*, user: User) -> None:
    """Store a new account. Raises HandleTakenError if its handle was taken since the form was checked."""
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise HandleTakenError from None
    # After the row: it waits for an account with the same handle that is just being erased.
    if FormerHandle.objects.like(user.handle).exists():
        raise HandleTakenError


@transaction.atomic
def end_session(*, actor: User, public_id: uuid.UUID) -> bool:
    """End one of the actor's sessions; return whether it existed."""
    return bool(Session.objects.filter(user=actor, public_id=public_id).delete()[0])


@transaction.atomic
def end_other_sessions(*, actor: User, but: str) -> int:
    """End the actor's sessions except the one with key `but`; return their number."""
    ended: int = Session.objects.filter(user=actor).exclude(session_key=but).delete()[0]
    return ended


@transaction.atomic
def end_all_sessions(*, user: User) -> int:
    """End all sessions of a user; return their number."""
    ended: int = Session.objects.filter(user=user).delete()[0]
    return ended


@transaction.atomic
def tidy_sessions(*, now: datetime) -> int:
    """Delete expired sessions; return their number."""
    erased: int = Session.objects.expired(now).delete()[0]
    return erased


@transaction.atomic
def erase_account(*, actor: User) -> None:
    """Erase the actor's own account.

    Their published work remains under "former member" and cannot be traced to them. Raises LastAdministratorError.
    """
    account_leaving.send(sender=User, user=actor)
    # Lock all administrators, so that the last two cannot leave concurrently.
    mine_or_theirs = Q(pk=actor.pk) | Q(trust_level=TrustLevel.ADMINISTRATOR)
    locked = list(User.objects.select_for_update(no_key=True).filter(mine_or_theirs).order_by("pk"))
    user: User = next(row for row in locked if row.pk == actor.pk)
    if user.erased_at is not None:
        return
    if policies.is_last_administrator(user):
        raise LastAdministratorError
    account_erased.send(sender=User, user=user)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    Session.objects.filter(user=user).delete()
    Notification.objects.filter(recipient=user).delete()
    NotificationSettings.objects.filter(user=user).delete()
    log.erase_name(text=user.handle)
    FormerHandle.objects.keep_back(user.handle)
    user.set_handle(f"former-{secrets.token_hex(8)}")
    user.email = None
    user.trust_level, user.is_staff, user.is_superuser, user.is_active = TrustLevel.NEW, False, False, False
    user.erased_at = timezone.now()
    user.set_unusable_password()
    user.save()
    log.record(
        actor="former member", verb="account.erase", target=f"account {user.public_id}", reason="asked by its owner"
    )


@transaction.atomic
def set_trust_level(*, user: User, level: TrustLevel, reason: str) -> None:
    """Set the trust level of a user."""
    before = user.trust_level
    user.trust_level = level
    user.save(update_fields=["trust_level"])
    log.record(
        actor="system",
        verb="account.trust",
        target=f"account {user.public_id}",
        before={"trust_level": before},
        after={"trust_level": level},
        reason=reason,
    )


@transaction.atomic
def suspend(*, actor: str, user: User, until: datetime) -> None:
    """Suspend a user until a given time and end their sessions. They can still read."""
    _set_suspension(actor, user, until)
    end_all_sessions(user=user)


@transaction.atomic
def lift_suspension(*, actor: str, user: User) -> None:
    """End a user's suspension."""
    _set_suspension(actor, user, None)


@transaction.atomic
def appoint(*, actor: User, user: User, level: TrustLevel) -> None:
    """Set the level of a user to moderator, administrator or an earned level; end their sessions."""
    before = user.trust_level
    user.trust_level = level
    user.is_staff = user.is_superuser = level == TrustLevel.ADMINISTRATOR
    user.save(update_fields=["trust_level", "is_staff", "is_superuser"])
    end_all_sessions(user=user)
    log.record(
        actor=actor.handle,
        verb="account.appoint",
        target=f"account {user.public_id}",
        before={"trust_level": before},
        after={"trust_level": level},
    )


def _set_suspension(actor: str, user: User, until: datetime | None) -> None:
    before = user.suspended_until
    user.suspended_until = until
    user.save(update_fields=["suspended_until"])
    log.record(
        actor=actor,
        verb="account.suspend" if until else "account.lift",
        target=f"account {user.public_id}",
        before={"until": before.isoformat() if before else None},
        after={"until": until.isoformat() if until else None},
    )


@transaction.atomic
def offer_first_administrator() -> str | None:
    """Return a token for the one-time link that creates the first administrator; None if there is one.

    A new token replaces the previous one.
    """
    if User.objects.filter(trust_level=TrustLevel.ADMINISTRATOR).exists():
        return None
    token = _SIGNER.sign(secrets.token_urlsafe(24))
    until = time.time() + FIRST_ADMINISTRATOR_HOURS * 3_600
    cache.set(FIRST_ADMINISTRATOR, {"token": token, "until": until}, timeout=FIRST_ADMINISTRATOR_HOURS * 3_600)
    return token


@transaction.atomic
def make_first_administrator(*, token: str, handle: str, password: str) -> User:
    """Create the first administrator. Raises LinkExpiredError if the token is not the current one."""
    is_current = state_of_first_administrator_link(token=token) == LinkState.CURRENT
    if not is_current or not cache.delete(FIRST_ADMINISTRATOR):
        raise LinkExpiredError
    user = User(trust_level=TrustLevel.ADMINISTRATOR, is_staff=True, is_superuser=True)
    user.set_handle(handle)
    user.set_password(password)
    store_new_account(user=user)
    log.record(
        actor="system",
        verb="account.administrator",
        target=f"account {user.public_id}",
        reason="one-time link of the host",
    )
    return user


def state_of_first_administrator_link(*, token: str) -> LinkState:
    """Return the state of a one-time link. Raises LinkExpiredError if this site never made it."""
    offered: dict[str, Any] = cache.get(FIRST_ADMINISTRATOR) or {}
    if offered and secrets.compare_digest(offered["token"].encode(), token.encode()):
        return LinkState.CURRENT
    try:
        _SIGNER.unsign(token, max_age=FIRST_ADMINISTRATOR_HOURS * 3_600)
    except signing.SignatureExpired:
        young = False
    except signing.BadSignature:
        raise LinkExpiredError from None
    else:
        young = True
    if User.objects.filter(trust_level=TrustLevel.ADMINISTRATOR).exists():
        return LinkState.USED
    return LinkState.REPLACED if young else LinkState.EXPIRED
