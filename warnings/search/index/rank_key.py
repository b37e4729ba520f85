"""The place of a document in quality order, so that the best matches come first without ranking the rest. Pure."""

from collections.abc import Sequence

from search.kinds import Kind

# Directory documents always rank above posts.
DIRECTORY_QUALITY = 900
# The best documents, further good ones, and the rest.
TIERS = 3
_KEY_BITS = 40
_KIND_BITS = 4
_KIND_NUMBERS = {kind: number for number, kind in enumerate(Kind)}


def rank_key_of(kind: str, key: int, quality: int) -> int:
    """Return the place of a document, unique and higher for better ones."""
    return (quality << _KEY_BITS + _KIND_BITS) | (_KIND_NUMBERS[Kind(kind)] << _KEY_BITS) | key


def quality_of(place: int) -> int:
    """Return the quality encoded in a place."""
    return place >> _KEY_BITS + _KIND_BITS


FIRST_DIRECTORY_PLACE = DIRECTORY_QUALITY << _KEY_BITS + _KIND_BITS
"""Posts have lower places."""


HALVES = ((FIRST_DIRECTORY_PLACE, 2**63 - 1), (0, FIRST_DIRECTORY_PLACE))
"""The ranges of places of the directory and of posts, excluding the upper bounds; each has its own tiers."""


def tier_ranges(tier: int, starts: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Return the ranges of places of a tier, excluding the upper bounds.

    `starts` has the lowest places of each half's upper tiers.
    """
    ranges = []
    for (low, high), upper in zip(HALVES, starts or ((), ()), strict=True):
        edges = [high, *upper, low]
        if tier + 1 < len(edges):
            ranges.append((edges[tier + 1], edges[tier]))
    return ranges


def tier_of(place: int, starts: Sequence[Sequence[int]]) -> int:
    """Return the tier of a place; 0 is the best."""
    return next(tier for tier in range(TIERS) if any(low <= place < high for low, high in tier_ranges(tier, starts)))
