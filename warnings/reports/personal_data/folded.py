"""A text as it is searched, with the way back to where each character stood. Pure.

All patterns of this package see the folded text only, so that no disguise has to be thought of twice.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Letters that stand alone, as in "j o h n @ m a i l": so many of them in a row were spelled out.
_SPELLED = re.compile(r"(?<![^\s(\"'<:])(?:\S[ ]{1,2}(?=\S[,.;:!?)\"'>]?(?!\S))){6,300}+\S")
# A few signs unfold into whole sentences; a text of them would grow eighteenfold and hide nothing.
_LONGEST_UNFOLDED = 4
# Invisible, though Unicode counts them as marks, letters or symbols: joiners, fillers, the empty Braille cell.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


@dataclass(frozen=True)
class Folded:
    """Plain characters, and for each its place in the text they came from."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the stretch from `start` to before `end` stands in the original."""
        return self.places[start], self.places[end - 1] + 1


def folded(text: str) -> Folded:
    """`text` without differences of width, style and digits' script (NFKC), and without what cannot be seen."""
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
    """Only the stretches that are spelled out letter by letter, closed up; a line break between them."""
    return _collected(pair for run in _SPELLED.finditer(source.text) for pair in _closed_up(source, run))


def _closed_up(source: Folded, run: re.Match[str]) -> Iterable[tuple[str, int]]:
    for at in range(run.start(), run.end()):
        if source.text[at] != " ":
            yield source.text[at], source.places[at]
    yield "\n", source.places[run.end() - 1]


def _collected(pairs: Iterable[tuple[str, int]]) -> Folded:
    kept = list(pairs)
    return Folded("".join(character for character, _ in kept), tuple(place for _, place in kept))
