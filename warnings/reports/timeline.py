"""How often something happened to people: all reports, the recent ones, those without a date."""

from dataclasses import dataclass
from datetime import date, timedelta

from reports.querysets import ReportQuerySet

RECENT_DAYS = 90


@dataclass(frozen=True)
class Tally:
    """What a warning's reports come to: `recent` of `total`, and how many say no month."""

    total: int
    recent: int
    undated: int


def tally(reports: ReportQuerySet, today: date) -> Tally:
    """Count reports in the database. Months are all that is known, so one counts as recent if its month began
    within the last 90 days or holds the day 90 days ago."""
    since = (today - timedelta(days=RECENT_DAYS)).replace(day=1)
    return Tally(**reports.counted(since))
