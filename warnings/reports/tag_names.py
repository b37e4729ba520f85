"""Parse tag names from a line of text, compare them, and make slugs of them. Pure."""

import re
import unicodedata

from common.text.commas import split_at_commas
from common.text.folding import MAX_FOLDED, fold, without_repeats

MOST_TAGS, LONGEST_TAG, LONGEST_DESCRIPTION = 8, 40, 500
_LONGEST_SLUG = 80
# Paths below /tags/ that are not tags.
_RESERVED = {"suggestions"}
# Signs that tell names apart. After a letter or digit: C, C++ and C# are three languages; a single one behind a space
# belongs to what follows. Around digits: percent, amounts of money and points. A point before the first word: .NET.
_MONEY = "$¢£¤¥֏؋৲৳฿₠-₿"
_SIGNS = re.compile(
    rf"(?P<plus>\s*[+#]{{2,}}|[+#]+|\s+[+#](?!\w))|(?P<point>(?<=\d)\.(?=\d)|^\.(?=[^\W\d_]))"
    rf"|(?P<unit>[{_MONEY}]\s*(?=\d)|(?<=\d)\s*[%{_MONEY}])"
)
_SIGN_WORDS = {"+": "-plus", "#": "-sharp"}


def names_in(text: str) -> list[str]:
    """Return the tag names in a comma-separated text, keeping the first of names that fold alike."""
    return without_repeats(split_at_commas(text), key=fold_tag)


def refused_names(text: str) -> list[str]:
    """Return the names in a comma-separated text that can be no tags, because they have neither letter nor digit."""
    return [name for name in split_at_commas(text) if not fold(name)]


def fold_tag(name: str) -> str:
    """Fold the name of a tag like any name, but keep signs that tell names apart: C++, C#, .NET, 1.5, €50, 50%."""
    text = _plain(name)
    folded, after = "", 0
    for sign in _SIGNS.finditer(text):
        before = text[after : sign.start()]
        word = fold(before)
        folded += word
        if sign.lastgroup != "plus" or (word and _is_of_word(before[-1])):
            folded += sign[0].strip()
        after = sign.end()
    return unicodedata.normalize("NFC", folded + fold(text[after:]))[:MAX_FOLDED]


def _plain(name: str) -> str:
    """Return a name in one spelling: the musical sharp is typed for `#`, and invisible characters for nothing."""
    text = unicodedata.normalize("NFKC", name[: MAX_FOLDED * 4]).replace("\u266f", "#")
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def slug_for(name: str, number: int = 1) -> str:
    """Return the slug for a name, with a number appended from 2 on."""
    stem = _slug(name)[:_LONGEST_SLUG].strip("-_") or "tag"
    if stem in _RESERVED:
        number += 1
    return stem if number == 1 else f"{stem}-{number}"


def _slug(name: str) -> str:
    """Return a slug in the name's own script. Django's drops vowel signs, which are marks and no letters."""
    slug = ""
    for char in unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).lower()):
        if _is_of_word(char) or char == "_":
            slug += char
        elif char in _SIGN_WORDS and slug.strip("-"):
            slug += _SIGN_WORDS[char]
        elif char.isspace() or char == "-":
            slug += "-"
    return re.sub("-+", "-", slug)


def _is_of_word(char: str) -> bool:
    # Variation selectors are marks of symbols.
    return unicodedata.category(char)[0] in "LMN" and not "\ufe00" <= char <= "\ufe0f"
