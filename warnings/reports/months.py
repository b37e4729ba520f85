"""Choices for the month that a report is about."""

from datetime import date, datetime, timedelta, timezone

YEARS = 4


# The zone in which a day begins first.
_EARLIEST = timezone(timedelta(hours=14))


def first_zone_day(now: datetime) -> date:
    """Return the day that it is in the zone where a day begins first: nobody's month is missing on its first day."""
    return now.astimezone(_EARLIEST).date()


def month_choices(today: date) -> list[tuple[str, str]]:
    """Return the current month and those of the years before as choices, latest first: `2026-05`, `May 2026`."""
    first = date(today.year - YEARS, 1, 1)
    months = []
    year, month = today.year, today.month
    while date(year, month, 1) >= first:
        day = date(year, month, 1)
        months.append((f"{day:%Y-%m}", f"{day:%B %Y}"))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return months


def first_day(month: str) -> date | None:
    """Return the first day of a month like `2026-05`, or None."""
    return date(int(month[:4]), int(month[5:7]), 1) if month else None
