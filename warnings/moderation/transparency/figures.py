"""Monthly moderation figures, computed from decisions. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median

from moderation.choices import Act


@dataclass(frozen=True)
class Decided:
    """The data of a decision that the figures need.

    `hours` is the time since the case was opened. `own` is whether the moderators restricted content or an account on
    their own initiative.
    """

    at: datetime
    hours: float
    act: str
    kind: str
    reason: str
    automatic: bool
    undone: bool
    appealed: bool
    overturned: bool
    own: bool = False


@dataclass(frozen=True)
class Month:
    """The figures of one month. `median_hours` and `p95_hours` are None if moderators decided nothing.

    `automatic_undone` counts the `automatic` decisions that were undone; `grounds` counts legal notices by ground.
    """

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
    threats: int
    automatic_undone: int = 0
    own_initiative: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    grounds: dict[str, int] = field(default_factory=dict)


def by_month(
    months: Sequence[date],
    decided: Iterable[Decided],
    received: Iterable[datetime],
    notices: Iterable[tuple[datetime, str]],
    referred: Iterable[datetime],
    threats: Iterable[date],
) -> list[Month]:
    """Return the figures of each month (given by its first day).

    `received` has the times at which cases were opened, and `notices` the times and grounds of legal notices. The
    last two arguments are the times of referrals and the dates of legal threats.
    """
    rows: dict[date, list[Decided]] = {month: [] for month in months}
    for row in decided:
        rows.get(_month(row.at), []).append(row)
    counts = {
        "received": Counter(map(_month, received)),
        "authorities": Counter(map(_month, referred)),
        "threats": Counter(day.replace(day=1) for day in threats),
    }
    grounds: dict[date, list[str]] = {month: [] for month in months}
    for at, ground in notices:
        grounds.get(_month(at), []).append(ground)
    return [
        _figures(month, rows[month], grounds[month], {name: count[month] for name, count in counts.items()})
        for month in months
    ]


def totals(counted: Iterable[dict[str, int]]) -> list[str]:
    """Return the names counted in several months, the most frequent first."""
    sums: Counter[str] = Counter()
    for counts in counted:
        sums.update(counts)
    return sorted(sums, key=lambda name: (-sums[name], name))


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the smallest value that this share of values does not exceed (nearest rank); None for no values."""
    if not values:
        return None
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * share // 1))
    return ordered[int(rank) - 1]


def _figures(month: date, rows: list[Decided], grounds: list[str], counts: Mapping[str, int]) -> Month:
    hours = [row.hours for row in rows if not row.automatic]
    late = percentile(hours, 0.95)
    return Month(
        month=month,
        decided=len(rows),
        median_hours=round(median(hours), 1) if hours else None,
        p95_hours=round(late, 1) if late is not None else None,
        automatic=sum(row.automatic for row in rows),
        undone=sum(row.undone for row in rows),
        appeals=sum(row.appealed for row in rows),
        overturned=sum(row.overturned for row in rows),
        notices=len(grounds),
        **counts,
        pauses=sum(row.act == Act.PAUSE_NOTIFIER and not row.undone for row in rows),
        automatic_undone=sum(row.automatic and row.undone for row in rows),
        own_initiative=sum(row.own for row in rows),
        grounds=dict(Counter(grounds).most_common()),
        reasons=dict(Counter(row.reason for row in rows if row.reason).most_common()),
    )


def _month(at: datetime) -> date:
    return at.date().replace(day=1)
