"""The default summary of a warning: the beginning of the report that started it. Pure."""

import re
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import Truncator

CHARACTERS = 280
# Block elements separate words; inline elements do not.
_BLOCK = re.compile(
    r"</?(?:p|br|hr|pre|blockquote|ul|ol|li|h[1-6]|table|thead|tbody|tr|th|td)\b[^>]*>", re.IGNORECASE
)
_LIST = re.compile(r'<(/?)(ol|ul|li)\b(?:[^>]*\bstart="(\d+)")?[^>]*>')


def summary_of(html: str) -> str:
    """Return the beginning of a rendered text as plain text, without tags and with entities unescaped."""
    plain = unescape(strip_tags(_BLOCK.sub(" ", _with_numbers(html))))
    return Truncator(" ".join(plain.split())).chars(CHARACTERS)


def _with_numbers(html: str) -> str:
    """Put the numbers of lists, which a browser adds, in front of their items."""
    numbers: list[int | None] = []

    def numbered(tag: re.Match[str]) -> str:
        closes, name, start = tag.groups()
        if name != "li":
            if closes:
                numbers.pop()
            else:
                numbers.append(int(start or 1) if name == "ol" else None)
        elif not closes and (number := numbers[-1]) is not None:
            numbers[-1] = number + 1
            return f"{tag[0]}{number}. "
        return tag[0]

    return _LIST.sub(numbered, html)
