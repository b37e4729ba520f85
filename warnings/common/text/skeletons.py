"""Reduce names to how they look, so that a name that could be taken for another one is found. Pure.

Two texts with the same skeleton may be confused (Unicode Technical Standard 39). The skeleton itself is not a valid
spelling, and is not shown.
"""

import unicodedata
from functools import lru_cache

from common.text.lookalikes import unicode_confusables

# Characters used for similar letters. I, l and 1 are one class, as in Unicode's skeletons.
_LOOKS = str.maketrans(
    {"0": "o", "1": "l", "2": "z", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"}
    | {"@": "a", "$": "s", "!": "l", "|": "l", "+": "t", "€": "e", "i": "l", "¡": "l"}
)
_TWO_FOR_ONE = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def skeleton(text: str) -> str:
    """Return an ASCII skeleton for visual comparison: `ＤlNGTА1К` -> `dlngtalk`; empty for other scripts.

    Confusable characters, leet digits and case are unified; spaces, punctuation and accents are dropped.
    """
    compatible = unicodedata.normalize("NFKC", text)
    # Before case folding, since a capital may look like another letter than its lowercase form.
    seen = "".join(_confusables().get(char, char) for char in compatible).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", seen) if unicodedata.category(c) != "Mn")
    letters = "".join(c for c in plain.translate(_LOOKS) if c.isalnum())
    if not letters.isascii():
        return ""
    for two, one in _TWO_FOR_ONE:
        # In between, everything is two letters: `vw` and `wv` are both `vvv`.
        letters = letters.replace(one, two).replace(two, one)
    return letters


@lru_cache(maxsize=1)
def _confusables() -> dict[str, str]:
    """Return Unicode's confusables (UTS 39) that are not ASCII but look like one or two ASCII letters."""
    table = {}
    for char, alikes in unicode_confusables().items():
        if len(char) > 1 or char.isascii():
            continue
        latin = next((one for one in alikes if len(one) <= 2 and one.isascii() and one.isalpha()), "")
        if latin:
            table[char] = latin
    return table
