"""Count reports: all, recent ones, and those without a date; by marketplace and outcome."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from reports.choices import Outcome
from reports.querysets import ReportQuerySet

RECENT_DAYS = 90


@dataclass(frozen=True)
class Tally:
    """Counts of a warning's reports: in total, recent, undated, and the number of reporters."""

    total: int
    recent: int
    undated: int
    people: int

    @property
    def ages(self) -> str:
        """How old the reports are, in words."""
        if self.total == 1:
            known = f"from the last {RECENT_DAYS} days" if self.recent else f"older than {RECENT_DAYS} days"
            return "without a date" if self.undated else known
        if self.undated == self.total:
            return "all without a date"
        many = {self.total: "all", 0: "none"}.get(self.recent, f"{self.recent} of them")
        undated = f", {self.undated} without a date" if self.undated else ""
        return f"{many} from the last {RECENT_DAYS} days{undated}"


@dataclass(frozen=True)
class CountedReports:
    """Reports by age and by month. `months` is keyed by the first day and leaves out undated reports."""

    tally: Tally
    months: dict[date, int]


def count_reports(reports: ReportQuerySet, today: date) -> CountedReports:
    """Count reports by month and reporter; each report without an account counts as one reporter.

    Only months are known, so a report is recent if its month began within the last 90 days.
    """
    since, months, people = today - timedelta(days=RECENT_DAYS), Counter[date | None](), Counter[int | None]()
    for month, author, count in reports.order_by().values_list("happened_in", "author").annotate(count=Count("pk")):
        months[month] += count
        people[author] += count
    strangers, undated = people.pop(None, 0), months.pop(None, 0)
    dated = {month: count for month, count in months.items() if month is not None}
    recent = sum(count for month, count in dated.items() if month >= since)
    total, reporters = sum(dated.values()) + undated, len(people) + strangers
    return CountedReports(Tally(total=total, recent=recent, undated=undated, people=reporters), dated)


@dataclass(frozen=True)
class Share:
    """The number of reports with the same value, and `percent` of all as an integer."""

    words: str
    count: int
    percent: int


def by_marketplace_and_outcome(reports: ReportQuerySet) -> tuple[list[Share], list[Share]]:
    """Return the number of reports per marketplace and per outcome, largest first."""
    marketplaces, outcomes = Counter[str](), Counter[str]()
    rows = reports.order_by().values_list("marketplace__name", "outcome").annotate(count=Count("pk"))
    for name, outcome, count in rows:
        marketplaces[name or "Not stated"] += count
        outcomes[Outcome(outcome).label] += count
    return _shares(marketplaces), _shares(outcomes)


def _shares(counted: dict[str, int]) -> list[Share]:
    total = sum(counted.values())
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Share(words, count, round(100 * count / total)) for words, count in ordered]
