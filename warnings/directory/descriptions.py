"""The descriptions of a tool: in canonical form, as lines of a form, and those that readers see."""

from collections.abc import Iterable
from typing import Any

from directory.languages import ENGLISH, LANGUAGES
from directory.line_tags import split_tags, with_tags
from directory.models import ToolDescription

Content = dict[str, Any]

# The page is about what a tool does; the other descriptions are for the search.
MOST_SHOWN = 8


def content_of_description(row: ToolDescription) -> Content:
    """Return a stored description in canonical form."""
    return {"text": row.text, "lang": row.lang, "neutral": row.neutral}


def lines(rows: Iterable[ToolDescription], *, neutral: bool) -> list[str]:
    """Return the neutral descriptions, or the others, as lines: `blaues Symbol [de]`, in English without a tag."""
    return [
        with_tags(row.text, [] if row.lang == ENGLISH else [row.lang], LANGUAGES)
        for row in rows
        if row.neutral == neutral
    ]


def descriptions_of_lines(neutral: Iterable[str], searched: Iterable[str]) -> list[Content]:
    """Return what the lines of a form say, in canonical form; what is given twice counts once, and as neutral."""
    found: dict[tuple[str, str], Content] = {}
    for is_neutral, given in ((True, neutral), (False, searched)):
        for line in given:
            text, tags = split_tags(line, LANGUAGES)
            lang = tags[-1] if tags else ENGLISH
            found.setdefault((lang, text), {"text": text, "lang": lang, "neutral": is_neutral})
    return list(found.values())


def shown(neutral: Iterable[ToolDescription]) -> list[ToolDescription]:
    """Return those neutral descriptions that readers see: in English if there are any, and only the first few."""
    rows = list(neutral)
    return ([row for row in rows if row.lang == ENGLISH] or rows)[:MOST_SHOWN]
