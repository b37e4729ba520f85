"""Reports by month as a bar chart that the server draws: plain SVG, with the same figures as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

MONTHS = 24
BAR_WIDTH = 20
GAP = 4
HEIGHT = 120


@dataclass(frozen=True)
class Bar:
    """One month: how many reports, and where its bar stands (SVG units, y from the top)."""

    month: date
    count: int
    x: int
    y: float
    height: float


@dataclass(frozen=True)
class Chart:
    """The bars of the last months, the size of the drawing, and how many reports lie before them."""

    bars: Sequence[Bar]
    most: int
    earlier: int

    @property
    def width(self) -> int:
        """The width of the drawing in SVG units."""
        return len(self.bars) * (BAR_WIDTH + GAP)

    @property
    def labels(self) -> list[Bar]:
        """Every sixth month, counted back from the last: those that are written below the bars."""
        return list(self.bars)[::-1][::6][::-1]

    @property
    def filled(self) -> list[Bar]:
        """The months with reports, latest first, for the table."""
        return [bar for bar in reversed(self.bars) if bar.count]


def monthly_chart(counts: Mapping[date, int], today: date) -> Chart | None:
    """The chart of the last MONTHS months from counts by the first day of the month; None without any report."""
    if not counts:
        return None
    months = [_months_before(today, back) for back in range(MONTHS - 1, -1, -1)]
    most = max((counts.get(month, 0) for month in months), default=0)
    bars = [_bar(month, counts.get(month, 0), place, most) for place, month in enumerate(months)]
    return Chart(bars, most, sum(count for month, count in counts.items() if month < months[0]))


def _bar(month: date, count: int, place: int, most: int) -> Bar:
    height = round(HEIGHT * count / most, 1) if most else 0.0
    return Bar(month, count, place * (BAR_WIDTH + GAP), HEIGHT - height, height)


def _months_before(today: date, back: int) -> date:
    number = today.year * 12 + today.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)
