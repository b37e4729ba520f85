"""Lay out bar charts of monthly figures as coordinates for plain SVG. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

MONTHS = 24


@dataclass(frozen=True)
class Bar:
    """One month: its figure and rectangle (in SVG units, `y` from the top)."""

    month: date
    count: float
    x: int
    y: float
    height: float


@dataclass(frozen=True)
class BarChart:
    """A chart: the bars in order, the highest figure, the width, and the sum of months before the first."""

    bars: Sequence[Bar]
    most: float
    width: int
    earlier: int = 0

    @property
    def labels(self) -> list[Bar]:
        """Every sixth month, counted back from the last; these have labels below their bars."""
        return list(self.bars)[::-1][::6][::-1]

    @property
    def filled(self) -> list[Bar]:
        """The months with a figure, the latest first, for the table."""
        return [bar for bar in reversed(self.bars) if bar.count]


def bar_chart(
    counts: Sequence[tuple[date, float]], *, bar_width: int, gap: int, height: int, earlier: int = 0
) -> BarChart:
    """Lay out one bar for each month, in the given order. Sizes are in SVG units."""
    most = max((count for _, count in counts), default=0)
    bars = []
    for place, (month, count) in enumerate(counts):
        tall = round(height * count / most, 1) if most else 0.0
        bars.append(Bar(month, count, place * (bar_width + gap), height - tall, tall))
    return BarChart(bars, most, len(bars) * (bar_width + gap), earlier)


def monthly_chart(counts: Mapping[date, int], today: date) -> BarChart | None:
    """Lay out the last `MONTHS` months of counts by first day of the month; None if there are no counts."""
    if not counts:
        return None
    months = [_months_before(today, back) for back in range(MONTHS - 1, -1, -1)]
    earlier = sum(count for month, count in counts.items() if month < months[0])
    shown = [(month, counts.get(month, 0)) for month in months]
    return bar_chart(shown, bar_width=20, gap=4, height=120, earlier=earlier)


def _months_before(today: date, back: int) -> date:
    number = today.year * 12 + today.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)
