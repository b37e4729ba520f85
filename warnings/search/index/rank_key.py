"""The position of a document among all, by quality, so that the best come first without ranking the rest. Pure."""

from collections.abc import Sequence

from search.kinds import Kind

# The directory's documents come before everything that people wrote, whatever its quality.
DIRECTORY_QUALITY = 900
# The best documents, more good ones, and the rest.
TIERS = 3
_KEY_BITS = 40
_KIND_BITS = 4
_KIND_NUMBERS = {kind: number for number, kind in enumerate(Kind)}


def rank_key_of(kind: str, key: int, quality: int) -> int:
    """The place of a document: higher is better; two documents never share one."""
    return (quality << _KEY_BITS + _KIND_BITS) | (_KIND_NUMBERS[Kind(kind)] << _KEY_BITS) | key


def quality_of(place: int) -> int:
    """The quality that a place was made from."""
    return place >> _KEY_BITS + _KIND_BITS


FIRST_DIRECTORY_PLACE = DIRECTORY_QUALITY << _KEY_BITS + _KIND_BITS
"""Posts have places below this one."""


HALVES = ((FIRST_DIRECTORY_PLACE, 2**63 - 1), (0, FIRST_DIRECTORY_PLACE))
"""The ranges of places, from and below, of the directory and of posts: each has tiers of its own."""


def tier_ranges(tier: int, starts: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The ranges of places, from and below, of a tier; `starts` has the lowest places of each half's upper tiers."""
    ranges = []
    for (low, high), upper in zip(HALVES, starts or ((), ()), strict=True):
        edges = [high, *upper, low]
        if tier + 1 < len(edges):
            ranges.append((edges[tier + 1], edges[tier]))
    return ranges


def tier_of(place: int, starts: Sequence[Sequence[int]]) -> int:
    """The tier of a place: 0 for the best."""
    return next(tier for tier in range(TIERS) if any(low <= place < high for low, high in tier_ranges(tier, starts)))
