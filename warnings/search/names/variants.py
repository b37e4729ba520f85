"""The forms under which a name is compared: as written, as it looks, as it is romanised, as it sounds.

One family of pure functions for the index and the query alike. `common.text.folding.fold` gives the first form; the
others build on it:

- `look`: what the eye takes for the same: homoglyphs (Unicode's confusables), leet digits, doubled letters.
- `romanised`: any script in Latin letters; Han by pinyin without tones, traditional like simplified.
- `sound`: the consonants of the romanised form by classes that other scripts do not tell apart.
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
# Signs that stand for the letter they look like. I, l and 1 are one class, as in Unicode's own skeletons.
_LOOKS = str.maketrans(
    {"0": "o", "1": "l", "2": "z", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g"}
    | {"@": "a", "$": "s", "!": "l", "|": "l", "+": "t", "€": "e", "i": "l", "¡": "l"}
)
_TWO_FOR_ONE = (("rn", "m"), ("vv", "w"), ("cl", "d"))
# Letters in dark circles and squares, and the halves of flags, which Unicode does not resolve itself.
_ENCLOSED = {first + offset: chr(ord("a") + offset) for first in (0x1F150, 0x1F170, 0x1F1E6) for offset in range(26)}
_DOUBLED = re.compile(r"(.)\1+")
# What one script writes with another's letter: voiced and unvoiced, l and r, b, f and v.
_DIGRAPHS = (("ph", "f"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("ck", "k"), ("x", "ks"), ("th", "t"))
_SOUNDS = str.maketrans("bvwdgqcjzr", "pfftkkkksl", "aeiouyh")
_TONES = re.compile(r"(?<=[a-z])[1-5](?=[^a-z0-9]|$)")


@dataclass(frozen=True)
class Forms:
    """All forms of one name or query; any of them may be empty."""

    folded: str
    look: str
    romanised: str
    sound: str


@lru_cache(maxsize=300_000)
def forms(text: str) -> Forms:
    """Work out all forms of `text`."""
    roman = romanised(text)
    return Forms(folded=fold(text), look=skeleton(text), romanised=roman, sound=_sound(roman))


def skeleton(text: str) -> str:
    """What the eye takes `text` for, in ASCII: `ＤlNGTА1К` -> `dlngtalk`; empty for a script of its own.

    Two texts with the same look may be meant to be mistaken for one another. The form itself is no spelling.
    """
    compatible = unicodedata.normalize("NFKC", text)
    # Before case folding: the capital of a look-alike may look like another letter than its small one.
    seen = "".join(_confusables().get(char, char) for char in compatible).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", seen) if unicodedata.category(c) != "Mn")
    letters = "".join(c for c in plain.translate(_LOOKS) if c.isalnum())
    if not letters.isascii():
        return ""
    for two, one in _TWO_FOR_ONE:
        letters = letters.replace(two, one)
    return without_doubles(letters)


def romanised(text: str) -> str:
    """`text` in small Latin letters and digits: `钉钉` -> `dingding`, `Дингтолк` -> `dingtolk`, `dīng1` -> `ding`."""
    compatible = unicodedata.normalize("NFKC", text)
    if _HAN.search(compatible):
        compatible = _HAN.sub(lambda run: " ".join(han.pinyin(run.group())), han.simplified(compatible))
    latin = _TONES.sub("", anyascii(compatible).lower())
    return "".join(char for char in latin if char.isalnum())


def plain_letters(text: str) -> str:
    """`text` with letters in dark circles and squares, and flags' halves, as the letters that they show."""
    return text.translate(_ENCLOSED)


def phonetic_key(text: str) -> str:
    """The consonants of `text` by classes: `Telegram`, `텔레그램`, `テレグラム` and `تليجرام` all give `tlklm`."""
    return _sound(romanised(text))


def without_doubles(letters: str) -> str:
    """Each run of one letter as a single one: `whatsapp` -> `whatsap`."""
    return _DOUBLED.sub(r"\1", letters)


def _sound(roman: str) -> str:
    for letters, class_of in _DIGRAPHS:
        roman = roman.replace(letters, class_of)
    return without_doubles(roman.translate(_SOUNDS))


@lru_cache(maxsize=1)
def _confusables() -> dict[str, str]:
    """Unicode's confusables (UTS 39), narrowed to signs outside ASCII that look like one or two ASCII letters."""
    data = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8"))
    table = {}
    for char, alikes in data.items():
        if len(char) > 1 or char.isascii():
            continue
        latin = next((a["c"] for a in alikes if len(a["c"]) <= 2 and a["c"].isascii() and a["c"].isalpha()), "")
        if latin:
            table[char] = latin
    return table
