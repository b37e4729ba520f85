"""Plan how large an image is kept, and into how many pieces a very long one is cut. Pure."""

from dataclasses import dataclass
from math import ceil

from common.images.limits import LONGEST_PIECE, LONGEST_SIDE, MOST_KEPT_PIXELS, MOST_PAGES

# The short side of a picture, in pixels, at which the text of a screenshot can be read: about the width of phones,
# and half of that of a page on a fine screen. It becomes shorter only if there would be too many pieces.
_READABLE = 1_440
# Below this width, in pixels, text may be hard to read.
NARROWEST = 1_080
# Pieces share this many pixels, so that no line of text is cut in both.
OVERLAP = 48


@dataclass(frozen=True)
class Plan:
    """The size to which an image is scaled, and the number of pieces along its longer side."""

    width: int
    height: int
    pieces: int = 1

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.width, self.height

    def boxes(self, width: int, height: int) -> list[tuple[int, int, int, int]]:
        """Return the pieces of an image of this size, turned or not, as left, top, right and bottom edges."""
        long = max(width, height)
        step = ceil((long - OVERLAP) / self.pieces) if self.pieces > 1 else long
        spans = [
            (place * step, min(long, (place + 1) * step + OVERLAP if self.pieces > 1 else long))
            for place in range(self.pieces)
        ]
        if height >= width:
            return [(0, start, width, end) for start, end in spans]
        return [(start, 0, end, height) for start, end in spans]


def plan(width: int, height: int, most: int = MOST_PAGES) -> Plan:
    """Return how an image of this size is kept: as it is, scaled down, or cut into `most` pieces that can be read."""
    long, short = max(width, height), min(width, height)
    if long <= LONGEST_PIECE and long * short <= MOST_KEPT_PIXELS:
        return Plan(width, height)
    if short * LONGEST_SIDE / long >= _READABLE:
        return _scaled(width, height, LONGEST_SIDE / long)
    kept = min(short, _READABLE)
    piece = min(LONGEST_PIECE, MOST_KEPT_PIXELS // kept) - OVERLAP
    length = long * kept / short
    longest = most * piece
    scale = kept / short * min(1.0, longest / length)
    return _scaled(width, height, scale, pieces=max(1, ceil((min(length, longest) - OVERLAP) / piece)))


def _scaled(width: int, height: int, scale: float, *, pieces: int = 1) -> Plan:
    return Plan(max(1, int(width * scale)), max(1, int(height * scale)), pieces)
