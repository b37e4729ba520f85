"""Distinguish a tool's real names from misspellings and disguises, which the catalogue mixes.

The rules use the script and the edit distance to names already accepted as real; the first of these is the official
name. A file can set the kind of a name explicitly where the rules would be wrong.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from common.text import han
from common.text.folding import fold, fold_words
from directory.choices import REAL_NAME_KINDS, NameKind

# Digits and symbols used for similar letters ("d1ngtalk", "wh@tsapp").
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
# Digits count only inside or in front of a word; at its end they are a version ("TS5", "teamspeak3").
_LEET_SIGN = re.compile(r"[@$!]|(?<=[^\W\d_])[013457]+(?=[^\W\d_])|\b[013457]+(?=[^\W\d_])")
_ADDRESS = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|net|org|io|me|us|im|gg|id|to|cn|xyz|app|chat|jit\.si|in|si)")


@dataclass
class _RealNames:
    """The real names of a tool found so far, while its list is processed in order."""

    folded: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    han: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        """Add `name` as a real name."""
        self.folded.append(fold(name))
        self.words.update(fold_words(name))
        if script_of(name) == "Han":
            self.han.append(name)


def kinds_of_names(official: str, others: Sequence[tuple[str, NameKind | None]]) -> list[tuple[str, NameKind]]:
    """Return the kind of every name. `others` are the names after the official one, with a kind if the file sets it.

    The official name comes first, then the others in their order; a name that folds like an earlier one is left out.
    """
    real = _RealNames()
    real.add(official)
    seen = {fold(official)}
    named = [(official, NameKind.OFFICIAL)]
    for name, given in others:
        if fold(name) in seen:
            continue
        seen.add(fold(name))
        kind = given or _kind_of(name, real)
        if kind in REAL_NAME_KINDS:
            real.add(name)
        named.append((name, kind))
    return named


def script_of(name: str) -> str:
    """Return the script of a name: that of its first non-Latin letter, or `Latin`."""
    scripts = [_script(char) for char in name if char.isalpha()]
    return next((script for script in scripts if script != "Latin"), "Latin")


def _kind_of(name: str, real: _RealNames) -> NameKind:
    if _ADDRESS.fullmatch(name.lower()):
        return NameKind.ADDRESS
    if script_of(name) != "Latin":
        return _kind_of_native(name, real)
    plain = name.translate(_LEET)
    if _LEET_SIGN.search(name) and (
        fold(plain) in real.folded or _is_variant(plain, real) or _is_near(fold(plain), real)
    ):
        return NameKind.DISGUISE
    if _is_variant(name, real):
        return NameKind.ALIAS
    return NameKind.MISSPELLING if _is_near(fold(name), real) else NameKind.ALIAS


def _kind_of_native(name: str, real: _RealNames) -> NameKind:
    """Return the kind of a non-Latin name: real unless it mixes in other Latin letters or is only a homophone."""
    latin = fold("".join(char for char in name if char.isalpha() and _script(char) == "Latin"))
    if latin and latin not in real.words and latin not in real.folded:
        return NameKind.DISGUISE
    if script_of(name) != "Han":
        return NameKind.NATIVE
    simplified = han.simplified(name)
    sound = han.pinyin(simplified)
    for known in map(han.simplified, real.han):
        if sound == han.pinyin(known) and simplified != known:
            return NameKind.DISGUISE
    return NameKind.NATIVE


def _is_variant(name: str, real: _RealNames) -> bool:
    """Return whether a name is a real one with whole words added ("Signal Messenger") or left out."""
    words = fold_words(name)
    if set(words) <= real.words:
        return True
    joined = {"".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    if len(words) == 1 or not joined & set(real.folded):
        return False
    return not any(_slipped(word, known) for word in words for known in real.words if word not in real.words)


def _is_near(folded: str, real: _RealNames) -> bool:
    """Return whether a name is a few typos away from a real name, or one typo from a long word of one."""
    if any(_slipped(folded, known) for known in real.folded):
        return True
    return any(known[0] == folded[:1] and OSA.distance(folded, known) == 1 for known in real.words if len(known) >= 5)


def _slipped(folded: str, known: str) -> bool:
    """Return whether two names differ by typos: one for short names, two from five letters on.

    Different digits are another version ("TS3", "TS5").
    """
    slips = 1 if len(folded) < 5 else 2
    if not 0 < OSA.distance(folded, known, score_cutoff=slips) <= slips:
        return False
    return re.sub(r"\d", "", known) != re.sub(r"\d", "", folded)


def _script(char: str) -> str:
    name = unicodedata.name(char, "")
    first = name.split(" ", 1)[0]
    if first == "CJK":
        return "Han"
    if first in {"FULLWIDTH", "HALFWIDTH"}:
        return "Latin" if "LATIN" in name else "Katakana"
    return first.capitalize() if first else "Unknown"
