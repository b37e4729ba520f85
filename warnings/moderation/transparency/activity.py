"""The number of active people, which DSA article 24(2) requires twice a year; the site updates it daily."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils import timezone

from directory.models import EntryRevision
from moderation.models import Flag
from reports.models import Comment, Report, Revision, Vote

MONTHS = 6
DAY = 86_400
# Activity that is stored with an account, as (model, user field, time field).
_DEEDS: tuple[tuple[Any, str, str], ...] = (
    (Report, "author", "created_at"),
    (Comment, "author", "created_at"),
    (Revision, "author", "created_at"),
    (EntryRevision, "author", "created_at"),
    (Vote, "user", "created_at"),
    (Flag, "flagger", "at"),
)


def active_people() -> int:
    """Return the mean monthly number of active accounts over the last six full months.

    Active accounts wrote, voted or flagged. Readers are not counted: nothing is stored about them. Cached for a day.
    """
    today = timezone.localdate()
    key = f"active-people:{today}"
    known: int | None = cache.get(key)
    if known is None:
        months = _first_days(today)
        each = [active_between(begin, end) for end, begin in pairwise(months)]
        known = round(sum(each) / len(each))
        # On a full or read-only disk, the figures are counted again for the next reader.
        with suppress(DatabaseError), transaction.atomic():
            cache.set(key, known, timeout=DAY)
    return known


def active_between(begin: date, end: date) -> int:
    """Return the number of distinct people active from one date until before another."""
    zone = timezone.get_current_timezone()
    since, before = (datetime.combine(day, time.min, zone) for day in (begin, end))
    people: set[int] = set()
    for model, person, field in _DEEDS:
        rows = model._default_manager.filter(**{f"{field}__gte": since, f"{field}__lt": before})
        people.update(rows.exclude(**{person: None}).values_list(person, flat=True).distinct())
    return len(people)


def _first_days(today: date) -> list[date]:
    """Return the first day of this month and of the six months before it, the newest first."""
    days = [today.replace(day=1)]
    while len(days) <= MONTHS:
        days.append((days[-1] - timedelta(days=1)).replace(day=1))
    return days
