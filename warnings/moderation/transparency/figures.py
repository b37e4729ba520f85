"""Figures of the moderation by month, worked out from decisions. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median

from moderation.words import Act


@dataclass(frozen=True)
class Decided:
    """What the figures need to know of a decision; `hours` from the opening of its case."""

    at: datetime
    hours: float
    act: str
    kind: str
    reason: str
    automatic: bool
    undone: bool
    appealed: bool
    overturned: bool


@dataclass(frozen=True)
class Month:
    """The figures of one month; `median_hours` and `p95_hours` are None without a decision."""

    month: date
    received: int
    decided: int
    median_hours: float | None
    p95_hours: float | None
    automatic: int
    undone: int
    appeals: int
    overturned: int
    notices: int
    authorities: int
    pauses: int
    reasons: dict[str, int] = field(default_factory=dict)


def by_month(
    months: Sequence[date],
    decided: Iterable[Decided],
    received: Iterable[datetime],
    notices: Iterable[datetime],
    told: Iterable[datetime],
) -> list[Month]:
    """The figures of each month (given by its first day).

    `received` are the moments of cases, `notices` of legal notices, `told` of records that an authority was told.
    """
    rows: dict[date, list[Decided]] = {month: [] for month in months}
    for row in decided:
        rows.get(_month(row.at), []).append(row)
    came, notified, warned = (Counter(map(_month, moments)) for moments in (received, notices, told))
    return [_figures(month, rows[month], came[month], notified[month], warned[month]) for month in months]


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest value that this share of the values does not exceed (nearest rank); None for no values."""
    if not values:
        return None
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * share // 1))
    return ordered[int(rank) - 1]


def _figures(month: date, rows: list[Decided], received: int, notices: int, authorities: int) -> Month:
    hours = [row.hours for row in rows if not row.automatic]
    late = percentile(hours, 0.95)
    return Month(
        month=month,
        received=received,
        decided=len(rows),
        median_hours=round(median(hours), 1) if hours else None,
        p95_hours=round(late, 1) if late is not None else None,
        automatic=sum(row.automatic for row in rows),
        undone=sum(row.undone for row in rows),
        appeals=sum(row.appealed for row in rows),
        overturned=sum(row.overturned for row in rows),
        notices=notices,
        authorities=authorities,
        pauses=sum(row.act == Act.PAUSE_NOTIFIER and not row.undone for row in rows),
        reasons=dict(Counter(row.reason for row in rows if row.reason).most_common()),
    )


def _month(at: datetime) -> date:
    return at.date().replace(day=1)
