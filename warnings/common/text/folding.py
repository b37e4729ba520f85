"""Fold names so that equal names compare equal: one function for the index and the query.

The directory keeps the folded form of every name under a unique constraint, and the search folds the query with the
same function, so the two can never disagree.
"""

import unicodedata
from collections.abc import Sequence

MAX_FOLDED = 200
# Letters that are not a base letter plus an accent, so that decomposition leaves them as they are.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
# Marks that are vowels or consonant signs, not ornaments: dropping them would change the word. They are the
# spacing marks (Mc) of Indic and other scripts, and these non-spacing ones by their Unicode names.
_MEANINGFUL = (
    "VOWEL SIGN",
    "SIGN VIRAMA",
    "THAI CHARACTER",
    "LAO ",
    "VOICED SOUND MARK",
    "CANDRABINDU",
    "ANUSVARA",
    "NUKTA",
)


def fold(text: str) -> str:
    """Return `text` without the differences that people do not mean: case, accents, width, spacing, punctuation.

    Unicode compatibility forms are resolved (NFKC), then case folded; accents, invisible and control
    characters, spaces, punctuation and symbols are dropped. Scripts stay as given. The result is at most
    MAX_FOLDED characters and may be empty. Folding twice gives the same as folding once.
    """
    compatible = unicodedata.normalize("NFKC", text[: MAX_FOLDED * 4]).casefold()
    decomposed = unicodedata.normalize("NFKD", compatible).translate(_LETTERS)
    kept = "".join(char for char in decomposed if _counts(char))
    return unicodedata.normalize("NFC", kept)[:MAX_FOLDED]


def fold_words(text: str) -> list[str]:
    """Return the folded words of `text` in order, split at everything that is not part of a word."""
    spaced = "".join(
        char if _counts(char) or _is_accent(char) else " " for char in unicodedata.normalize("NFKC", text)
    )
    return [folded for word in spaced.split() if (folded := fold(word))]


def without_repeats(names: Sequence[str]) -> list[str]:
    """Return the names in their order, leaving out each one that folds like an earlier one."""
    first = {folded: name for name in reversed(names) if (folded := fold(name))}
    return [first[folded] for folded in dict.fromkeys(fold(name) for name in names) if folded]


def _counts(char: str) -> bool:
    category = unicodedata.category(char)
    if category[0] in "LN" or category == "Mc":
        return True
    return category[0] == "M" and not _is_accent(char)


def _is_accent(char: str) -> bool:
    if unicodedata.category(char) != "Mn":
        return False
    return not any(part in unicodedata.name(char, "") for part in _MEANINGFUL)
