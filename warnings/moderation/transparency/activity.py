"""The number of active people, which must be published twice a year (DSA article 24(2)); here it is live."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from directory.models import EntryRevision
from moderation.models import Flag
from reports.models import Comment, Report, Revision, Vote

MONTHS = 6
DAY = 86_400
# What people do that is stored with their account: the table, who, and when.
_DEEDS: tuple[tuple[Any, str, str], ...] = (
    (Report, "author", "created_at"),
    (Comment, "author", "created_at"),
    (Revision, "author", "created_at"),
    (EntryRevision, "author", "created_at"),
    (Vote, "user", "created_at"),
    (Flag, "flagger", "at"),
)


def active_people() -> int:
    """How many people with an account wrote, voted or flagged in a month: the mean of the last six whole months.

    Readers are not counted: nothing is stored about them. Worked out once a day.
    """
    today = timezone.localdate()
    key = f"active-people:{today}"
    known: int | None = cache.get(key)
    if known is None:
        months = _first_days(today)
        each = [active_between(begin, end) for end, begin in pairwise(months)]
        known = round(sum(each) / len(each))
        cache.set(key, known, timeout=DAY)
    return known


def active_between(begin: date, end: date) -> int:
    """How many different people did something from one day on and before another."""
    zone = timezone.get_current_timezone()
    since, before = (datetime.combine(day, time.min, zone) for day in (begin, end))
    people: set[int] = set()
    for model, person, field in _DEEDS:
        rows = model._default_manager.filter(**{f"{field}__gte": since, f"{field}__lt": before})
        people.update(rows.exclude(**{person: None}).values_list(person, flat=True).distinct())
    return len(people)


def _first_days(today: date) -> list[date]:
    """The first days of this month and of the six before it, the newest first."""
    days = [today.replace(day=1)]
    while len(days) <= MONTHS:
        days.append((days[-1] - timedelta(days=1)).replace(day=1))
    return days
