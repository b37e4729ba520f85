"""Reports over time: how many months saw how many, and how it ended for those who reported."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from reports.models import Report
from reports.words import Outcome

RECENT_DAYS = 90


@dataclass(frozen=True)
class Tally:
    """What a warning's reports come to: `recent` of `total`, and the counts by outcome and marketplace."""

    total: int
    recent: int
    undated: int
    by_outcome: list[tuple[str, int]]
    by_marketplace: list[tuple[str, int]]


def tally(reports: Iterable[Report], today: date) -> Tally:
    """Count reports that have their marketplace loaded; the recent ones happened in the last 90 days."""
    reports = list(reports)
    since = (today - timedelta(days=RECENT_DAYS)).replace(day=1)
    outcomes = Counter(Outcome(report.outcome).label for report in reports)
    marketplaces = Counter(report.marketplace.name for report in reports if report.marketplace)
    return Tally(
        total=len(reports),
        recent=sum(report.happened_in is not None and report.happened_in >= since for report in reports),
        undated=sum(report.happened_in is None for report in reports),
        by_outcome=outcomes.most_common(),
        by_marketplace=marketplaces.most_common(),
    )
