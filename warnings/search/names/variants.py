"""The forms by which names are compared: as written, by look, romanised, and by sound.

The index and the query use the same pure functions. `common.text.folding.fold` gives the first form; the others build
on it:

- `look`: confusable characters (Unicode), leet digits and doubled letters are unified.
- `romanised`: any script in Latin letters; Han as pinyin without tones, traditional and simplified alike.
- `sound`: the consonants of the romanised form, in classes that other scripts do not distinguish.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from common.text import han, skeletons
from common.text.folding import fold

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
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
    """Return the skeleton of `text` with repeated letters collapsed: `ＤlNGTА1К` -> `dlngtalk`; see `skeletons`."""
    return without_doubles(skeletons.skeleton(text))


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
