"""Merge two people's changes to one text, and report overlapping changes as conflicts. Pure.

Lines are compared first, then words inside lines that both changed. If both changed the same block differently, there
is a conflict. No change is ever dropped without one.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from common.text.diff import matching_blocks

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Conflict:
    """A block that both sides changed differently."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """A merged text in parts: merged strings, and conflicts."""

    parts: tuple[str | Conflict, ...]

    @property
    def conflicts(self) -> list[Conflict]:
        """The conflicts, which a person has to resolve."""
        return [part for part in self.parts if isinstance(part, Conflict)]

    @property
    def text(self) -> str:
        """The whole text, with my side of each conflict."""
        return "".join(part.mine if isinstance(part, Conflict) else part for part in self.parts)


@dataclass(frozen=True)
class MergedFields:
    """Merged fields, and the names of those with a conflict, for which my side is used."""

    values: dict[str, Any]
    conflicts: tuple[str, ...]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Merge two versions of a base text."""
    parts: list[str | Conflict] = []
    for settled, gap in _gaps(*(_LINES.findall(text) for text in (base, mine, theirs)), anchor=lambda line: True):
        if gap is None:
            parts.append(settled)
            continue
        outcome = _settle(*gap)
        parts += _merge_words(outcome) if isinstance(outcome, Conflict) else [outcome]
    return Merged(tuple(_joined(parts)))


def merge_fields(
    base: Mapping[str, Any] | None, mine: Mapping[str, Any], theirs: Mapping[str, Any], *, sets: Collection[str] = ()
) -> MergedFields:
    """Merge the fields of a record: texts and lists of lines by parts, `sets` as sets, others as a whole.

    Without a base, every difference is a conflict, except in `sets`.
    """
    values: dict[str, Any] = {}
    conflicts = []
    for name, my_value in mine.items():
        before = None if base is None else base.get(name)
        if name in sets:
            values[name] = _merge_sets(before or (), my_value, theirs[name])
            continue
        values[name], settled = _merge_value(before, my_value, theirs[name])
        if not settled:
            conflicts.append(name)
    return MergedFields(values, tuple(conflicts))


def _merge_value(base: Any, mine: Any, theirs: Any) -> tuple[Any, bool]:
    if mine == theirs or theirs == base:
        return mine, True
    if mine == base:
        return theirs, True
    if isinstance(base, str) and isinstance(mine, str) and isinstance(theirs, str):
        merged = merge(base, mine, theirs)
        return merged.text, not merged.conflicts
    if _are_lines(base) and _are_lines(mine) and _are_lines(theirs):
        merged = merge(*("".join(f"{line}\n" for line in value) for value in (base, mine, theirs)))
        return [line.removesuffix("\n") for line in _LINES.findall(merged.text)], not merged.conflicts
    return mine, False


def _are_lines(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


def _merge_sets(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    gone = (set(base) - set(mine)) | (set(base) - set(theirs))
    return sorted((set(mine) | set(theirs)) - gone)


def _merge_words(gap: Conflict) -> list[str | Conflict]:
    words = (_WORDS.findall(text) for text in (gap.base, gap.mine, gap.theirs))
    # Spaces are too common to be anchors; line ends are not.
    return [
        settled if found is None else _settle(*found)
        for settled, found in _gaps(*words, anchor=lambda word: "\n" in word or not word.isspace())
    ]


def _settle(base: str, mine: str, theirs: str) -> str | Conflict:
    if mine in (theirs, base):
        return theirs
    return mine if theirs == base else Conflict(base, mine, theirs)


def _gaps(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], *, anchor: Any
) -> Iterator[tuple[str, tuple[str, str, str] | None]]:
    """Yield parts common to all three sides, and the gaps between them with the text of each side."""
    here, there = _partners(base, mine), _partners(base, theirs)
    at = (0, 0, 0)
    anchors = [(i, here[i], there[i]) for i, part in enumerate(base) if i in here and i in there and anchor(part)]
    for found in [*anchors, (len(base), len(mine), len(theirs))]:
        if found != at:
            texts = zip((base, mine, theirs), at, found, strict=True)
            b, m, t = ("".join(parts[start:end]) for parts, start, end in texts)
            yield "", (b, m, t)
        if found[0] < len(base):
            yield base[found[0]], None
        at = (found[0] + 1, found[1] + 1, found[2] + 1)


def _partners(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    return {b + i: o + i for b, o, length in matching_blocks(base, other) for i in range(length)}


def _joined(parts: Sequence[str | Conflict]) -> Iterator[str | Conflict]:
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
            continue
        if text:
            yield text
        text = ""
        yield part
    if text:
        yield text
