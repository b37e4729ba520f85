"""Prepare a text for analysis: truncate it, undo disguises and split it into words. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from common.text.cleaning import without_unstorable
from common.text.folding import fold, fold_words

# Bound the work: no text of the site is longer, and the rest is ignored.
MOST_CHARACTERS = 20_000
MOST_TITLE = 300
# More combining marks than this in a row form no letter, and sorting thousands of them is slow.
MOST_MARKS = 4
# Letters of other scripts that resemble Latin ones.
_LOOKALIKES = str.maketrans(
    dict(zip("аеорсухіјѕԁԛԝһкмтвн", "aeopcyxijsdqwhkmtbh", strict=True))
    | dict(zip("οανικτρυε", "oaviktpue", strict=True))
)
_LEET = str.maketrans("0134578@$", "oieastbas")
_LATIN, _LOOKALIKE = re.compile(r"[a-z]"), re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_INVISIBLE = re.compile(r"[\u00ad\u061c\u200b-\u200f\u2060-\u2064\ufeff\u180e]")
_HIDDEN_IN_WORD = re.compile(r"(?<=[a-zA-Zа-яА-Я])[\u00ad\u061c\u200b-\u200f\u2060-\u2064\ufeff]+(?=[a-zA-Zа-яА-Я])")
# Words in a URL are not words of the text.
_ADDRESS = re.compile(r"(?:https?|hxxps?)://[^\s<>\"'\])]{1,300}|www\.\S{1,300}", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»\n]{1,500}[\"”“»]")
_SPACED = re.compile(r"(?<!\w)[^\W\d_](?: [^\W\d_]){4,40}(?!\w)")
# Scripts that are written without spaces: Thai, Lao, Khmer, Burmese, kana, Han.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True)
class Prepared:
    """A prepared text.

    `plain` is the text without width variants and invisible characters, and `words` are its folded words, with the
    typed forms in `shown`. `tight` is the folded text without spaces, for scripts that have none. `masked` lists
    words disguised with letters of another script or digits, as typed; `words` has their plain form. `hidden` lists
    words with invisible characters, and `spaced` words with a space after each letter.
    """

    plain: str
    words: tuple[str, ...]
    shown: tuple[str, ...]
    tight: str
    masked: tuple[str, ...]
    hidden: tuple[str, ...]
    spaced: tuple[str, ...]


def prepared(text: str, title: str = "") -> Prepared:
    """Prepare a title and a text. Accepts any string."""
    cut = without_unstorable(f"{title[:MOST_TITLE]}\n{text[:MOST_CHARACTERS]}")
    low = _without_towers(cut)
    hidden = tuple(match[0] for match in _HIDDEN_IN_WORD.finditer(low))
    wide = unicodedata.normalize("NFKC", _INVISIBLE.sub("", low))[: MOST_CHARACTERS * 2]
    spaced = tuple(match[0] for match in _SPACED.finditer(wide) if not UNSPACED.search(match[0]))
    words: list[str] = []
    shown: list[str] = []
    masked: list[str] = []
    for typed in _SPACED.sub(lambda match: _joined(match[0]), _ADDRESS.sub(" ", wide)).split():
        unmasked = _unmasked(typed[:MOST_TITLE])
        if unmasked is not None:
            masked.append(typed)
        for word in _folded(unmasked or typed[:MOST_TITLE]):
            words.append(word)
            shown.append(typed)
    tight = "".join(words) if UNSPACED.search(wide) else ""
    return Prepared(wide, tuple(words), tuple(shown), tight, tuple(masked), hidden, spaced)


def unquoted(text: str) -> str:
    """Return the text without quotations."""
    return _QUOTED.sub(" ", text[:MOST_CHARACTERS])


@lru_cache(maxsize=20_000)
def _folded(typed: str) -> tuple[str, ...]:
    return (fold(typed),) if typed.isalpha() and typed.isascii() else tuple(fold_words(typed))


def _unmasked(typed: str) -> str | None:
    """Return the word that look-alikes or digits disguise, or None if there is no disguise."""
    if "/" in typed or "." in typed.strip(".,;:!?") or "@" in typed.strip("@"):
        return None
    low = typed.casefold().strip(".,;:!?()\"'")
    if _LATIN.search(low) and _LOOKALIKE.search(low):
        return low.translate(_LOOKALIKES)
    # A digit between letters replaces a letter (“cas1no”); at the end it is a number (“pay2”, “2nd”, “h264”).
    if re.search(r"[a-z][0134578@$]{1,2}[a-z]|[a-z]{2}0$", low) and not re.search(r"\d{3}|[_#+=&]|-", low):
        return low.translate(_LEET)
    return None


def _joined(spaced: str) -> str:
    return spaced if UNSPACED.search(spaced) else spaced.replace(" ", "")


def _without_towers(text: str) -> str:
    if text.isascii():
        return text
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)
