"""Lines of a form with tags in brackets at their end: `叮叮 [zh, ambiguous]`. Pure."""

import re
from collections.abc import Collection, Sequence

_TAGGED = re.compile(r"(.*\S) \[([a-z]*(?:, [a-z]+)*)\]")


def with_tags(text: str, tags: Sequence[str], known: Collection[str]) -> str:
    """Return a line that `split_tags` divides into the same text and tags."""
    if not tags and split_tags(text, known) == (text, ()):
        return text
    return f"{text} [{', '.join(tags)}]"


def split_tags(line: str, known: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Return the text of a line and its tags; brackets that hold anything but known tags belong to the text."""
    match = _TAGGED.fullmatch(line)
    tags = tuple(match[2].split(", ")) if match and match[2] else ()
    if match is None or not all(tag in known for tag in tags):
        return line, ()
    return match[1], tags
