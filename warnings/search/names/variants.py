"""The forms by which names are compared: as written, by look, romanised, and by sound.

The index and the query use the same pure functions. `common.text.folding.fold` gives the first form; the others build
on it:

- `look`: confusable characters (Unicode), leet digits and doubled letters are unified.
- `romanised`: any script in Latin letters; Han as pinyin without tones, traditional and simplified alike.
- `sound`: the consonants of the romanised form, in classes that other scripts do not distinguish.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from anyascii import anyascii

from common.text import han
from common.text.folding import fold

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
# Characters used for similar letters. I, l and 1 are one class, as in Unicode's skeletons.
_LOOKS = str.maketrans(
    {"0": "o", "1": "l", "2": "z", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"}
    | {"@": "a", "$": "s", "!": "l", "|": "l", "+": "t", "€": "e", "i": "l", "¡": "l"}
)
_TWO_FOR_ONE = (("rn", "m"), ("vv", "w"), ("cl", "d"))
# Negative circled and squared letters and regional indicators, which NFKC does not decompose.
_ENCLOSED = {first + offset: chr(ord("a") + offset) for first in (0x1F150, 0x1F170, 0x1F1E6) for offset in range(26)}
_DOUBLED = re.compile(r"(.)\1+")
# Letters that scripts do not distinguish: voiced and unvoiced, l and r, b, f and v.
_DIGRAPHS = (("ph", "f"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("ck", "k"), ("x", "ks"), ("th", "t"))
_SOUNDS = str.maketrans("bvwdgqcjzr", "pfftkkkksl", "aeiouyh")
_TONES = re.compile(r"(?<=[a-z])[1-5](?=[^a-z0-9]|$)")


@dataclass(frozen=True)
class Forms:
    """All forms of a name or query; each may be empty."""

    folded: str
    look: str
    romanised: str
    sound: str


@lru_cache(maxsize=300_000)
def forms(text: str) -> Forms:
    """Return all forms of `text`."""
    roman = romanised(text)
    return Forms(folded=fold(text), look=skeleton(text), romanised=roman, sound=_sound(roman))


def skeleton(text: str) -> str:
    """Return an ASCII skeleton for visual comparison: `ＤlNGTА1К` -> `dlngtalk`; empty for other scripts.

    Texts with the same skeleton may be confused. The skeleton itself is not a valid spelling.
    """
    compatible = unicodedata.normalize("NFKC", text)
    # Before case folding, since a capital may look like another letter than its lowercase form.
    seen = "".join(_confusables().get(char, char) for char in compatible).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", seen) if unicodedata.category(c) != "Mn")
    letters = "".join(c for c in plain.translate(_LOOKS) if c.isalnum())
    if not letters.isascii():
        return ""
    for two, one in _TWO_FOR_ONE:
        letters = letters.replace(two, one)
    return without_doubles(letters)


def romanised(text: str) -> str:
    """Return `text` in lowercase Latin: `钉钉` -> `dingding`, `Дингтолк` -> `dingtolk`, `dīng1` -> `ding`."""
    compatible = unicodedata.normalize("NFKC", text)
    if _HAN.search(compatible):
        compatible = _HAN.sub(lambda run: " ".join(han.pinyin(run.group())), han.simplified(compatible))
    latin = _TONES.sub("", anyascii(compatible).lower())
    return "".join(char for char in latin if char.isalnum())


def plain_letters(text: str) -> str:
    """Return `text` with negative circled and squared letters and regional indicators as plain letters."""
    return text.translate(_ENCLOSED)


def phonetic_key(text: str) -> str:
    """Return the consonant classes of `text`: `Telegram`, `텔레그램`, `テレグラム` and `تليجرام` all give `tlklm`."""
    return _sound(romanised(text))


def without_doubles(letters: str) -> str:
    """Collapse repeated letters: `whatsapp` -> `whatsap`."""
    return _DOUBLED.sub(r"\1", letters)


def _sound(roman: str) -> str:
    for letters, class_of in _DIGRAPHS:
        roman = roman.replace(letters, class_of)
    return without_doubles(roman.translate(_SOUNDS))


@lru_cache(maxsize=1)
def _confusables() -> dict[str, str]:
    """Return Unicode's confusables (UTS 39) that are not ASCII but look like one or two ASCII letters."""
    data = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8"))
    table = {}
    for char, alikes in data.items():
        if len(char) > 1 or char.isascii():
            continue
        latin = next((a["c"] for a in alikes if len(a["c"]) <= 2 and a["c"].isascii() and a["c"].isalpha()), "")
        if latin:
            table[char] = latin
    return table
