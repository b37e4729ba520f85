"""Compare two texts: lines first, then words inside changed lines. Pure.

The longest common subsequence is computed bit-parallel, so that texts of 20,000 characters take milliseconds,
whatever they contain. A block with more pairs of words than MOST_PAIRS counts as rewritten.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rapidfuzz.distance import LCSseq

MOST_PAIRS = 64_000_000
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
# Compare scripts without spaces by character; combining marks stay with the letter before them.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_POINTS = r"!-/:-@\[-`{-~\u2010-\u2027\u00ab\u00bb\u3001\u3002"
_WORDS = re.compile(rf"\s+|[{_UNSPACED}]|[{_POINTS}]|[^\s{_UNSPACED}{_POINTS}]+")


class Change(StrEnum):
    """How a run of text changed."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    """A run of text with the same change."""

    change: Change
    text: str


def diff(old: str, new: str) -> list[Run]:
    """Return the runs from `old` to `new`: kept and removed ones form the old text, kept and added ones the new."""
    runs: list[Run] = []
    for before, after, same in _stretches(_LINES.findall(old), _LINES.findall(new)):
        if same:
            runs.append(Run(Change.KEPT, before))
        else:
            runs += _diff_words(before, after)
    return _joined(_without_lone_spaces(_joined(runs)))


def shortened(runs: Iterable[Run], *, around: int = 240) -> list[Run]:
    """Shorten long unchanged runs for reading; `…` marks what is left out."""
    runs = list(runs)
    last = len(runs) - 1
    return [_shorten(run, around, first=i == 0, last=i == last) for i, run in enumerate(runs)]


def matching_blocks(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the equal blocks of two lists as (start in old, start in new, length); none beyond MOST_PAIRS."""
    return [(o, n, length) for o, n, length in _blocks(old, new) if length]


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield 0, 0, start
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    if len(a) * len(b) <= MOST_PAIRS:
        numbers: dict[str, int] = {}
        first = [numbers.setdefault(part, len(numbers)) for part in a]
        second = [numbers.setdefault(part, len(numbers)) for part in b]
        for code in LCSseq.opcodes(first, second):
            if code.tag == "equal":
                yield start + code.src_start, start + code.dest_start, code.src_end - code.src_start
    yield len(old) - end, len(new) - end, end


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield aligned blocks of both lists: the text on each side, and whether it is the same."""
    at_old = at_new = 0
    for o, n, length in [*matching_blocks(old, new), (len(old), len(new), 0)]:
        if at_old < o or at_new < n:
            yield "".join(old[at_old:o]), "".join(new[at_new:n]), False
        if length:
            same = "".join(old[o : o + length])
            yield same, same, True
        at_old, at_new = o + length, n + length


def _diff_words(old: str, new: str) -> Iterator[Run]:
    for before, after, same in _stretches(_WORDS.findall(old), _WORDS.findall(new)):
        if same:
            yield Run(Change.KEPT, before)
        else:
            yield Run(Change.REMOVED, before)
            yield Run(Change.ADDED, after)


def _without_lone_spaces(runs: list[Run]) -> list[Run]:
    """Make a space that is unchanged between changed words part of the change, which reads better."""
    found: list[Run] = []
    for i, run in enumerate(runs):
        if run.change == Change.KEPT and 0 < i < len(runs) - 1 and run.text.isspace() and "\n" not in run.text:
            found += [Run(Change.REMOVED, run.text), Run(Change.ADDED, run.text)]
        else:
            found.append(run)
    return found


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Join adjacent runs with the same change; put removed runs before added ones."""
    found: list[Run] = []
    for kept, group in groupby(runs, key=lambda run: run.change == Change.KEPT):
        together = list(group)
        for change in (Change.KEPT,) if kept else (Change.REMOVED, Change.ADDED):
            text = "".join(run.text for run in together if run.change == change)
            if text:
                found.append(Run(change, text))
    return found


def _shorten(run: Run, around: int, *, first: bool, last: bool) -> Run:
    head, tail = 0 if first else around, 0 if last else around
    if run.change != Change.KEPT or len(run.text) <= head + tail + 2 * around:
        return run
    beginning = run.text[:head].rsplit(None, 1)[0] if head else ""
    ending = run.text[len(run.text) - tail :].split(None, 1)[-1] if tail else ""
    return Run(Change.KEPT, f"{beginning} … {ending}")


@dataclass(frozen=True)
class Difference:
    """A field that differs between two versions."""

    label: str
    runs: list[Run]


def differences(labels: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """Return the fields that differ, in the order of `labels`. Both versions map fields to readable texts."""
    return [
        Difference(label, shortened(diff(before.get(name, ""), after.get(name, ""))))
        for name, label in labels.items()
        if before.get(name, "") != after.get(name, "")
    ]
