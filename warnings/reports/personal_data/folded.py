"""Fold a text for searching, with a mapping back to the original offsets. Pure.

All patterns of this package match folded text, so that each obfuscation is handled once.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Single letters, as in "j o h n @ m a i l": a run of this many is a spelled-out word.
_SPELLED = re.compile(r"(?<![^\s(\"'<:])(?:\S[ ]{1,2}(?=\S[,.;:!?)\"'>]?(?!\S))){6,300}+\S")
# A few characters expand to whole sentences; expanding them would make the text up to 18 times longer for nothing.
_LONGEST_UNFOLDED = 4
# Invisible although Unicode classifies them as marks, letters or symbols: joiners, fillers, the empty Braille cell.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


@dataclass(frozen=True)
class Folded:
    """Folded characters, with the original offset of each."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of the folded characters from `start` up to, but not including, `end`."""
        return self.places[start], self.places[end - 1] + 1


def folded(text: str) -> Folded:
    """Return `text` normalized with NFKC and without invisible characters."""
    if text.isascii():
        return Folded(text, tuple(range(len(text))))
    return _collected((plain, place) for place, character in enumerate(text) for plain in _plain(character))


def _plain(character: str) -> str:
    if character.isascii():
        return character
    if character in _UNSEEN or ord(character) in _VARIATION_SELECTORS or unicodedata.category(character) == "Cf":
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    unfolded = unicodedata.normalize("NFKC", character)
    return unfolded if len(unfolded) <= _LONGEST_UNFOLDED else character


def spelled_out(source: Folded) -> Folded:
    """Return only the spelled-out words, with their letters joined, separated by newlines."""
    return _collected(pair for run in _SPELLED.finditer(source.text) for pair in _closed_up(source, run))


def _closed_up(source: Folded, run: re.Match[str]) -> Iterable[tuple[str, int]]:
    for at in range(run.start(), run.end()):
        if source.text[at] != " ":
            yield source.text[at], source.places[at]
    yield "\n", source.places[run.end() - 1]


def _collected(pairs: Iterable[tuple[str, int]]) -> Folded:
    kept = list(pairs)
    return Folded("".join(character for character, _ in kept), tuple(place for _, place in kept))
