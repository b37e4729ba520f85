"""The current announcement, cached per process."""

from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from common.ttl_cache import TTLCache
from moderation.models import Announcement

SECONDS = 15


def _load() -> list[Announcement]:
    return list(Announcement.objects.not_over(timezone.now()))


remembered: TTLCache[list[Announcement]] = TTLCache(_load, seconds=SECONDS, instead=[], failures=(DatabaseError,))


def current_announcement(now: datetime) -> Announcement | None:
    """Return the announcement to show: the one that began last among the current ones."""
    return next((row for row in remembered.get() if row.is_shown(now)), None)
