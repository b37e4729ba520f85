"""The mark that a redaction leaves in a text, and how words come back to its place after other edits. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from common.text.diff import matching_blocks

PUT = "[removed]"
_TOKENS = re.compile(rf"{re.escape(PUT)}|\w+|\s+|[^\w\s]")
_Gap = tuple[int, int, int, int]


def restored(before: Any, after: Any, now: Any) -> tuple[Any, bool]:
    """Return the present text with the removed words in it, and whether all of them found their places.

    `before` and `after` are the text around the redaction. Nested lists and dicts of texts are possible, too. What is
    empty now was deleted since, and stays so.
    """
    if not now or now == before:
        return now, True
    if now == after:
        return before, True
    if isinstance(now, str):
        return _in_text(before, after, now)
    if isinstance(now, Mapping):
        found = {name: restored(before.get(name, ""), after.get(name, ""), text) for name, text in now.items()}
        return {name: text for name, (text, _) in found.items()}, all(whole for _, whole in found.values())
    text, whole = _in_text(*("\n".join(lines) for lines in (before, after, now)))
    return text.split("\n"), whole


def _in_text(before: str, after: str, now: str) -> tuple[str, bool]:
    was, left, here = _TOKENS.findall(before), _TOKENS.findall(after), _TOKENS.findall(now)
    places = {a + i: n + i for a, n, length in matching_blocks(left, here) for i in range(length)}
    gaps = _gaps(was, left)
    fitting = []
    for start, end, *removed in gaps:
        found = [places.get(number, -1) for number in range(start, end)]
        # Nothing is left where the mark itself was removed later.
        if found and -1 not in found and found[-1] - found[0] == end - start - 1:
            fitting.append((found[0], found[-1] + 1, was[slice(*removed)]))
    for start, end, words in reversed(fitting):
        here[start:end] = words
    return "".join(here), len(fitting) == len(gaps)


def _gaps(was: list[str], left: list[str]) -> list[_Gap]:
    """Return where the texts differ, as parts of what is left, which have a mark in them, and of what was there."""
    gaps: list[_Gap] = []
    at = (0, 0)
    for start, removed_start, length in [*matching_blocks(left, was), (len(left), len(was), 0)]:
        if (start, removed_start) != at:
            gap = (at[0], start, at[1], removed_start)
            # A removed word that stands beside its place, too, makes two gaps of one.
            while gaps and not (PUT in left[gap[0] : gap[1]] and PUT in left[gaps[-1][0] : gaps[-1][1]]):
                first = gaps.pop()
                gap = (first[0], gap[1], first[2], gap[3])
            gaps.append(gap)
        at = (start + length, removed_start + length)
    return gaps
