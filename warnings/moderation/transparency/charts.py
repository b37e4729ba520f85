"""Small bar charts of monthly figures, drawn by the server. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, GAP, HEIGHT = 28, 8, 110


@dataclass(frozen=True)
class Bar:
    """One month: its number, and where its bar stands (SVG units, y from the top)."""

    month: date
    count: float
    x: int
    y: float
    height: float


@dataclass(frozen=True)
class Bars:
    """The bars, the highest number, and how wide the drawing is."""

    bars: list[Bar]
    most: float
    width: int


def bars(counts: Sequence[tuple[date, float]]) -> Bars | None:
    """The chart of monthly counts in their order; None when all of them are zero."""
    most = max((count for _, count in counts), default=0)
    if not most:
        return None
    drawn = []
    for place, (month, count) in enumerate(counts):
        height = round(HEIGHT * count / most, 1)
        drawn.append(Bar(month, count, place * (WIDTH + GAP), HEIGHT - height, height))
    return Bars(drawn, most, len(drawn) * (WIDTH + GAP))
