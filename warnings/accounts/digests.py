"""Mail unread notifications in one daily or weekly digest."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.choices import Digest
from accounts.emails import verified_email
from accounts.models import Notification, NotificationSettings, User
from common.urls import absolute_url

EVERY = {Digest.DAILY: timedelta(days=1), Digest.WEEKLY: timedelta(days=7)}
# Tolerate a timer that runs a little early, so that no digest is delayed by a day.
GRACE = timedelta(minutes=30)
MOST_IN_ONE = 50
_SALT = "digest"


def due(now: datetime) -> list[int]:
    """Return the keys of the notification settings whose next digest is due."""
    found = []
    for digest, span in EVERY.items():
        rows = NotificationSettings.objects.filter(digest=digest, user__erased_at__isnull=True)
        never, before = rows.filter(mailed_at__isnull=True), rows.filter(mailed_at__lte=now - span + GRACE)
        found += [*never.values_list("pk", flat=True), *before.values_list("pk", flat=True)]
    return sorted(found)


def send_due(*, now: datetime) -> int:
    """Send every digest that is due; return how many mails were queued."""
    return sum(send(key=key, now=now) for key in due(now))


@transaction.atomic
def send(*, key: int, now: datetime) -> bool:
    """Send one person's digest if there is anything new; return whether mail was queued.

    The mail is queued in the transaction that marks its notifications as mailed, so that none is sent twice or lost.
    """
    chosen = NotificationSettings.objects.select_for_update().select_related("user").filter(pk=key).first()
    if chosen is None:
        return False
    address = verified_email(chosen.user)
    unread = (
        Notification.objects.to(chosen.user)
        .unread()
        .filter(mailed_at__isnull=True)
        .exclude(kind__in=chosen.not_mailed)
    )
    notices = list(unread[:MOST_IN_ONE])
    waiting = unread.count()
    chosen.mailed_at = now
    chosen.save(update_fields=["mailed_at"])
    if not (notices and address):
        return False
    Notification.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=now)
    _message(chosen.user, address, notices, waiting).send()
    return True


def user_of_token(token: str) -> User | None:
    """Return the user whose unsubscribe link has this token, or None if the signature is invalid."""
    try:
        public_id = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return User.objects.filter(public_id=public_id, erased_at__isnull=True).first()


def token_of(user: User) -> str:
    """Return the token of the link with which a user unsubscribes from digests without signing in."""
    return signing.Signer(salt=_SALT).sign(str(user.public_id))


def _message(user: User, address: str, notices: list[Notification], waiting: int) -> EmailMessage:
    stop = absolute_url(reverse("stop_mail", kwargs={"token": token_of(user)}))
    context = {
        "notices": [(notice, absolute_url(notice.address)) for notice in notices],
        "more": waiting > len(notices),
        "inbox": absolute_url(reverse("notices")),
        "stop": stop,
        "site_name": settings.SITE_NAME,
    }
    body = render_to_string("accounts/mail/digest.txt", context)
    headers = {
        "Auto-Submitted": "auto-generated",
        # RFC 2369 and RFC 8058: mail software offers to unsubscribe with one click.
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return EmailMessage(f"[{settings.SITE_NAME}] What is new for you", body, to=[address], headers=headers)
