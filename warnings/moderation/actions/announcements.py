"""Make, withdraw and restore announcements. Each action is one transaction."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from accounts.permissions import may
from audit import log
from moderation.models import Announcement

SENT_AGAIN = timedelta(days=1)


@transaction.atomic
def announce(*, actor: User, fields: Mapping[str, Any]) -> Announcement:
    """Create an announcement from `fields`, all model fields but author and dates. Raises PermissionDenied.

    The same one sent again within a day is the first one, unless that was ended by hand.
    """
    _require_keeper(actor)
    # Of two requests at once, the second one waits here and finds the first.
    User.objects.select_for_update().get(pk=actor.pk)
    if known := _sent_before(actor, fields):
        return known
    made: Announcement = Announcement.objects.create(by=actor, **fields)
    _record(actor, "announcement.make", made)
    return made


@transaction.atomic
def withdraw(*, actor: User, announcement: Announcement) -> None:
    """Hide an announcement. Raises PermissionDenied."""
    _require_keeper(actor)
    announcement.withdrawn_at = timezone.now()
    announcement.save(update_fields=["withdrawn_at"])
    _record(actor, "announcement.withdraw", announcement)


@transaction.atomic
def bring_back(*, actor: User, announcement: Announcement) -> None:
    """Show a withdrawn announcement again. Raises PermissionDenied."""
    _require_keeper(actor)
    announcement.withdrawn_at = None
    announcement.save(update_fields=["withdrawn_at"])
    _record(actor, "announcement.bring-back", announcement)


def _sent_before(actor: User, fields: Mapping[str, Any]) -> Announcement | None:
    now, same = timezone.now(), {name: value for name, value in fields.items() if name != "begins_at"}
    begins_at = fields.get("begins_at", now)
    begins = Q(begins_at=begins_at)
    if begins_at <= now:
        # An announcement without a time begins at once, which is another time when it is sent again.
        begins |= Q(begins_at__lte=F("created_at"))
    rows = Announcement.objects.filter(begins, by=actor, withdrawn_at=None, created_at__gt=now - SENT_AGAIN, **same)
    return rows.first()


def _require_keeper(actor: User) -> None:
    if not may("keep_desk", actor):
        raise PermissionDenied("Administrators announce.")


def _record(actor: User, verb: str, announcement: Announcement) -> None:
    log.record(
        actor=actor.handle, verb=verb, target=f"announcement {announcement.pk}", after={"text": announcement.text}
    )
