"""Fold names so that equivalent names compare equal, with one function for the index and the query.

The directory stores the folded form of every name under a unique constraint, and the search folds the query with the
same function, so that the two cannot disagree.
"""

import unicodedata
from collections.abc import Callable, Sequence

MAX_FOLDED = 200
# Letters that decomposition does not change, because they are not a base letter with an accent.
LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
# Hangul fillers, which are letters that show nothing.
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
# Marks that are vowels or consonants, so that dropping them would change the word: all spacing marks (Mc), as in
# Indic scripts, and the non-spacing ones with these Unicode names.
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
    """Fold differences that are not meaningful: case, accents, width, spacing and punctuation.

    Unicode compatibility forms are resolved (NFKC) and case is folded; accents, invisible and control characters,
    spaces, punctuation and symbols are dropped. Scripts are not converted. The result has at most MAX_FOLDED
    characters and may be empty. Folding is idempotent.
    """
    compatible = unicodedata.normalize("NFKC", text[: MAX_FOLDED * 4]).casefold()
    decomposed = unicodedata.normalize("NFKD", compatible).translate(LETTERS)
    kept = "".join(char for char in decomposed if _counts(char))
    return unicodedata.normalize("NFC", kept)[:MAX_FOLDED]


def fold_words(text: str) -> list[str]:
    """Return the folded words of `text` in order, split at all characters that are not part of a word.

    Format characters, such as the joiners inside Persian words, are dropped like in `fold`.
    """
    compatible = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    spaced = "".join(char if _counts(char) or _is_accent(char) else " " for char in compatible)
    return [folded for word in spaced.split() if (folded := fold(word))]


def without_repeats(names: Sequence[str], *, key: Callable[[str], str] = fold) -> list[str]:
    """Return the names in order, without those that `key` folds to nothing or like an earlier one."""
    first = {folded: name for name in reversed(names) if (folded := key(name))}
    return [first[folded] for folded in dict.fromkeys(key(name) for name in names) if folded]


def _counts(char: str) -> bool:
    if char in BLANK_LETTERS:
        return False
    category = unicodedata.category(char)
    if category[0] in "LN" or category == "Mc":
        return True
    return category[0] == "M" and not _is_accent(char)


def _is_accent(char: str) -> bool:
    if unicodedata.category(char) != "Mn":
        return False
    return not any(part in unicodedata.name(char, "") for part in _MEANINGFUL)
