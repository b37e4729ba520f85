"""Letters of different alphabets that look the same, as the Latin a and the Cyrillic а. Pure.

Unlike in `skeletons`, letters of ASCII differ from each other and from digits, and no letter looks like two, except
for ligatures. Only alphabets that are written from left to right are compared with each other: in others, ordinary
words would look Latin.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from string import ascii_lowercase

from common.text.folding import fold

_SCRIPTS = frozenset(
    "LATIN GREEK CYRILLIC ARMENIAN COPTIC GEORGIAN CHEROKEE LISU CANADIAN DESERET TIFINAGH RUNIC OLD CARIAN LYCIAN "
    "ELBASAN WARANG OSAGE MIAO".split()
)
# Letters in squares or circles, and those of which flags are made, which are shown as letters where there is no flag.
SYMBOLS = {
    first + place: letter for first in (0x1F150, 0x1F170, 0x1F1E6) for place, letter in enumerate(ascii_lowercase)
}
# Letters and digits of Arabic that different keyboards type for the same.
_ARABIC = {0x0649: "\u064a", 0x06CC: "\u064a", 0x06A9: "\u0643", 0x06C1: "\u0647"} | {
    0x06F0 + number: chr(0x0660 + number) for number in range(10)
}
# A capital I of other alphabets, which looks like I and like l.
_BAR = "\u01c0"
# Unicode compares the first two parts of these to Latin letters only loosely.
_NO_LIGATURES = frozenset({"rn", "bl", "lO", "ll", "tf"})
_SMALL_CAPITAL = "LATIN LETTER SMALL CAPITAL "


def by_look(text: str) -> str:
    """Return a text with one letter for all that look like it: a Latin one, if there is one. Accents are separate."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).translate(_looks())


def looks_of(letter: str) -> frozenset[str]:
    """Return how a folded letter may be folded after `by_look`, in either case."""
    return _looks_by_letter().get(letter, frozenset()) | {letter}


@lru_cache(maxsize=1)
def unicode_confusables() -> dict[str, list[str]]:
    """Return characters and sequences with those that look like them, of Unicode Technical Standard 39."""
    data = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8"))
    return {char: [alike["c"] for alike in alikes] for char, alikes in data.items()}


@lru_cache(maxsize=1)
def _looks() -> dict[int, str]:
    first = {char: _look(char, alikes) for char, alikes in unicode_confusables().items() if _is_letter(char)}
    # Unicode compares the small palochka, a bar, to a dotless i.
    first |= _small_capitals() | {"\u04cf": _BAR}
    return {ord(char): _last(first, char) for char in first} | SYMBOLS | _ARABIC


def _last(looks: Mapping[str, str], char: str) -> str:
    # What looks like a small capital, as the Cyrillic н, looks like its letter.
    while (look := looks.get(char, char)) != char:
        char = look
    return char


@lru_cache(maxsize=1)
def _looks_by_letter() -> Mapping[str, frozenset[str]]:
    looks: dict[str, set[str]] = {"i": {_BAR}, "l": {_BAR}}
    for code, look in _looks().items():
        if len(letter := fold(chr(code))) == 1:
            looks.setdefault(letter, set()).add(fold(look))
    return {
        letter: frozenset(alike | {"i", "l"} if _BAR in alike and letter not in "il" else alike)
        for letter, alike in looks.items()
    }


def _look(char: str, alikes: Iterable[str]) -> str:
    """Return the letters that stand for all that look like a letter."""
    if unicodedata.name(char).startswith("LATIN "):
        # A letter with a stroke or hook looks like one with an accent.
        alikes = ["".join(part for part in alike if unicodedata.category(part) != "Mn") for alike in alikes]
    letters = [alike for alike in alikes if alike.isascii() and alike.isalpha() and alike not in _NO_LIGATURES]
    if latin := next((alike for alike in letters if len(alike) <= 2), ""):
        return _BAR if latin == "l" else latin
    own = [alike for alike in alikes if _is_letter(alike)]
    return min([char, *own], key=lambda one: (not unicodedata.name(one).startswith(_SMALL_CAPITAL), one))


def _is_letter(char: str) -> bool:
    if len(char) != 1 or char.isascii() or not char.isalpha() or unicodedata.normalize("NFKD", char) != char:
        return False
    return unicodedata.name(char, "").split(" ")[0] in _SCRIPTS


def _small_capitals() -> dict[str, str]:
    letters = {}
    for letter in ascii_lowercase:
        # There is none of x.
        with suppress(KeyError):
            letters[unicodedata.lookup(f"{_SMALL_CAPITAL}{letter.upper()}")] = letter
    return letters
