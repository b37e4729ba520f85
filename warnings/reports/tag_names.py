"""Parse tag names from a line of text, and make slugs of them. Pure."""

from django.utils.text import slugify

from common.text.cleaning import normalise_line
from common.text.folding import without_repeats

MOST_TAGS, LONGEST_TAG, LONGEST_DESCRIPTION = 8, 40, 500
_LONGEST_SLUG = 80
# What stands below /tags/ and is no tag.
_RESERVED = {"suggestions"}


def names_in(text: str) -> list[str]:
    """The names of tags in a text with commas between them; of names that fold alike the first counts."""
    return without_repeats([normalise_line(part) for part in text.split(",")])


def slug_for(name: str, number: int = 1) -> str:
    """What stands for a name in addresses; with a number behind it when others have the plain form."""
    stem = slugify(name, allow_unicode=True)[:_LONGEST_SLUG].strip("-_") or "tag"
    if stem in _RESERVED:
        number += 1
    return stem if number == 1 else f"{stem}-{number}"
