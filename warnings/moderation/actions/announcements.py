"""Make, withdraw and restore announcements. Each action is one transaction."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import may
from audit import log
from moderation.current_announcement import remembered
from moderation.models import Announcement


@transaction.atomic
def announce(*, actor: User, fields: Mapping[str, Any]) -> Announcement:
    """Create an announcement from `fields`, all model fields but author and dates. Raises PermissionDenied."""
    _require_keeper(actor)
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


def _require_keeper(actor: User) -> None:
    if not may("keep_desk", actor):
        raise PermissionDenied("Administrators announce.")


def _record(actor: User, verb: str, announcement: Announcement) -> None:
    remembered.clear_on_commit()
    log.record(
        actor=actor.handle, verb=verb, target=f"announcement {announcement.pk}", after={"text": announcement.text}
    )
