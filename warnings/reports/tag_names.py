"""Parse tag names from a line of text, and make slugs of them. Pure."""

from django.utils.text import slugify

from common.text.cleaning import normalise_line
from common.text.folding import without_repeats

MOST_TAGS, LONGEST_TAG, LONGEST_DESCRIPTION = 8, 40, 500
_LONGEST_SLUG = 80
# Paths below /tags/ that are not tags.
_RESERVED = {"suggestions"}


def names_in(text: str) -> list[str]:
    """Return the tag names in a comma-separated text, keeping the first of names that fold alike."""
    return without_repeats([normalise_line(part) for part in text.split(",")])


def slug_for(name: str, number: int = 1) -> str:
    """Return the slug for a name, with a number appended from 2 on."""
    stem = slugify(name, allow_unicode=True)[:_LONGEST_SLUG].strip("-_") or "tag"
    if stem in _RESERVED:
        number += 1
    return stem if number == 1 else f"{stem}-{number}"
