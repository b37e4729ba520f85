"""A text as it is searched, with the way back to where each character stood. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Letters that stand alone, as in "j o h n @ m a i l": so many of them in a row are one word.
_SPACED = re.compile(r"(?:(?<=\s)|^)(?:\S\s){6,}\S(?=\s|$)")


@dataclass(frozen=True)
class Folded:
    """Plain characters, and for each its place in the text they came from."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the plain text stands in the original."""
        return self.places[start], self.places[end - 1] + 1


def folded(text: str) -> Folded:
    """Width and style folded (NFKC, character by character), what cannot be seen left out."""
    return _collected(
        (plain, place)
        for place, character in enumerate(text)
        if unicodedata.category(character) != "Cf"
        for plain in unicodedata.normalize("NFKC", character)
    )


def closed_up(source: Folded) -> Folded:
    """The same with spaced-out words closed up."""
    dropped: set[int] = set()
    for run in _SPACED.finditer(source.text):
        dropped.update(at for at in range(run.start(), run.end()) if source.text[at].isspace())
    return _collected((character, source.places[at]) for at, character in enumerate(source.text) if at not in dropped)


def _collected(pairs: Iterable[tuple[str, int]]) -> Folded:
    kept = list(pairs)
    return Folded("".join(character for character, _ in kept), tuple(place for _, place in kept))
