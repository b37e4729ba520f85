"""The months that a report can be about, as choices."""

from datetime import date

YEARS = 4


def month_choices(today: date) -> list[tuple[str, str]]:
    """This month and the years before it, latest first: `2026-05` with `May 2026`."""
    first = date(today.year - YEARS, 1, 1)
    months = []
    year, month = today.year, today.month
    while date(year, month, 1) >= first:
        day = date(year, month, 1)
        months.append((f"{day:%Y-%m}", f"{day:%B %Y}"))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return months


def first_day(month: str) -> date | None:
    """The first day of a month from the list; None for none."""
    return date(int(month[:4]), int(month[5:7]), 1) if month else None
