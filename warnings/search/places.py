"""Where a document stands among all: by quality first, so that the best ones come without ranking the rest. Pure."""

from collections.abc import Sequence

from search.kinds import Kind

_KEY_BITS = 40
_KIND_BITS = 4
_KIND_NUMBERS = {kind: number for number, kind in enumerate(Kind)}


def place_of(kind: str, key: int, quality: int) -> int:
    """The place of a document: higher is better; two documents never share one."""
    return (quality << _KEY_BITS + _KIND_BITS) | (_KIND_NUMBERS[Kind(kind)] << _KEY_BITS) | key


def quality_of(place: int) -> int:
    """The quality that a place was made from."""
    return place >> _KEY_BITS + _KIND_BITS


def tier_of(place: int, starts: Sequence[int]) -> int:
    """The tier of a place: 0 for the best; `starts` are the lowest places of the upper tiers, best first."""
    return next((tier for tier, start in enumerate(starts) if place >= start), len(starts))
