"""Parse tag names from a line of text, compare them, and make slugs of them. Pure."""

import re
import unicodedata

from common.text.commas import split_at_commas
from common.text.folding import MAX_FOLDED, fold, without_repeats

MOST_TAGS, LONGEST_TAG, LONGEST_DESCRIPTION = 8, 40, 500
_LONGEST_SLUG = 80
# Paths below /tags/ that are not tags.
_RESERVED = {"suggestions"}
# Signs that tell names apart after a letter or digit: C, C++ and C# are three languages.
_SIGNS = re.compile("([+#]+)")
_SIGN_WORDS = {"+": "-plus", "#": "-sharp"}


def names_in(text: str) -> list[str]:
    """Return the tag names in a comma-separated text, keeping the first of names that fold alike."""
    return without_repeats(split_at_commas(text), key=fold_tag)


def refused_names(text: str) -> list[str]:
    """Return the names in a comma-separated text that can be no tags, because they have neither letter nor digit."""
    return [name for name in split_at_commas(text) if not fold(name)]


def fold_tag(name: str) -> str:
    """Fold the name of a tag like any name, but keep `+` and `#` after a letter or digit."""
    folded, follows = "", False
    for part in _SIGNS.split(unicodedata.normalize("NFKC", name[: MAX_FOLDED * 4])):
        if part[:1] not in {"+", "#"}:
            folded += fold(part)
            follows = bool(folded and part) and _is_of_word(part[-1])
        elif follows:
            folded += part
    return folded[:MAX_FOLDED]


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
