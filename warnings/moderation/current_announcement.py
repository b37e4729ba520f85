"""The current announcement, and when the next one begins or this one ends."""

from dataclasses import dataclass
from datetime import datetime

from moderation.models import Announcement


@dataclass(frozen=True)
class Current:
    """The announcement to show, if there is one, and when that changes by itself; None if it does not."""

    announcement: Announcement | None
    changes_at: datetime | None


def current_announcement(now: datetime) -> Current:
    """Return the announcement to show: the one that began last among the current ones."""
    rows = list(Announcement.objects.not_over(now))
    times = [time for row in rows for time in (row.begins_at, row.ends_at) if time and time > now]
    return Current(next((row for row in rows if row.is_shown(now)), None), min(times, default=None))
