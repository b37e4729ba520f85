"""Create, read and delete notifications, and change their settings. Each action is one transaction."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.choices import ALWAYS_SENT, Digest, NotificationKind
from accounts.models import Notification, NotificationSettings, User

READ_KEPT = timedelta(days=90)
_LONGEST = 300


@transaction.atomic
def notify(
    *,
    recipients: Iterable[User],
    kind: NotificationKind,
    key: str,
    text: str,
    address: str,
    now: datetime | None = None,
    mailed: bool = False,
    instead_of: str = "",
) -> None:
    """Notify users. An unread notification with the same `key` is updated and counted instead of repeated.

    `text` is a plain sentence and `address` a path of this site. Users who muted the kind, and erased or inactive
    users, get nothing. `mailed` marks the notification as mailed separately, so that the next digest omits it.
    `instead_of` is the key of an unread notification that this one replaces.
    """
    now = now or timezone.now()
    fields = {
        "kind": kind,
        "text": text[:_LONGEST],
        "address": address,
        "at": now,
        "mailed_at": now if mailed else None,
    }
    for user in recipients:
        if user.erased_at or not user.is_active or _is_muted(user, kind):
            continue
        if instead_of:
            Notification.objects.filter(recipient=user, key=instead_of[:100], read_at__isnull=True).delete()
        unread = Notification.objects.filter(recipient=user, key=key[:100], read_at__isnull=True)
        if unread.update(count=F("count") + 1, **fields):
            continue
        try:
            with transaction.atomic():
                Notification.objects.create(recipient=user, key=key[:100], **fields)
        except IntegrityError:
            # A concurrent request created the notification first.
            unread.update(count=F("count") + 1, **fields)


@transaction.atomic
def mark_read(*, notice: Notification) -> None:
    """Mark a notification as read."""
    Notification.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=timezone.now())


@transaction.atomic
def mark_all_read(*, actor: User, until: datetime) -> int:
    """Mark all notifications up to a time as read; return their number."""
    return Notification.objects.to(actor).unread().filter(at__lte=until).update(read_at=timezone.now())


@transaction.atomic
def set_notification_settings(
    *, actor: User, muted: Iterable[str], digest: Digest, not_mailed: Iterable[str]
) -> NotificationSettings:
    """Store a user's notification settings."""
    chosen, _ = NotificationSettings.objects.update_or_create(
        user=actor, defaults={"muted": sorted(muted), "digest": digest, "not_mailed": sorted(not_mailed)}
    )
    return chosen


@transaction.atomic
def stop_mail(*, user: User) -> None:
    """Unsubscribe a user from digests."""
    NotificationSettings.objects.update_or_create(user=user, defaults={"digest": Digest.NEVER})


@transaction.atomic
def delete_old_notifications(*, now: datetime) -> int:
    """Delete notifications that were read more than three months ago; return their number."""
    erased: int = Notification.objects.filter(read_at__lt=now - READ_KEPT).delete()[0]
    return erased


def _is_muted(user: User, kind: NotificationKind) -> bool:
    return kind not in ALWAYS_SENT and kind in NotificationSettings.objects.of(user).muted
