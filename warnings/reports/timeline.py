"""Count reports: all, recent ones, and those without a date; by marketplace and outcome."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from reports.choices import Outcome
from reports.querysets import ReportQuerySet

RECENT_DAYS = 90


@dataclass(frozen=True)
class Tally:
    """What a warning's reports come to: `recent` of `total`, how many say no month, and by how many `people`."""

    total: int
    recent: int
    undated: int
    people: int


def tally(reports: ReportQuerySet, today: date) -> Tally:
    """Count reports in the database. Months are all that is known, so one counts as recent if its month began
    within the last 90 days: none that is older does."""
    return Tally(**reports.counted(today - timedelta(days=RECENT_DAYS)), people=reports.independent())


@dataclass(frozen=True)
class Share:
    """How many reports say the same: `percent` of all, as a whole number."""

    words: str
    count: int
    percent: int


def by_marketplace(reports: ReportQuerySet) -> list[Share]:
    """How many reports there are from each marketplace, most first."""
    rows = reports.order_by().values_list("marketplace__name").annotate(count=Count("pk"))
    return _shares({name or "Somewhere else": count for name, count in rows})


def by_outcome(reports: ReportQuerySet) -> list[Share]:
    """How the reports ended, most first."""
    rows = reports.order_by().values_list("outcome").annotate(count=Count("pk"))
    return _shares({Outcome(value).label: count for value, count in rows})


def _shares(counted: dict[str, int]) -> list[Share]:
    total = sum(counted.values())
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Share(words, count, round(100 * count / total)) for words, count in ordered]
