"""Plain text of rendered Markdown, for excerpts, summaries and feeds. Pure."""

import re
from html import unescape

import nh3

from common.text.cleaning import shows_something

# Block elements separate words; inline elements do not.
_BLOCK = re.compile(
    r"</?(?:p|br|hr|pre|blockquote|ul|ol|li|h[1-6]|table|thead|tbody|tr|th|td)\b[^>]*>", re.IGNORECASE
)
_LIST = re.compile(r'<(/?)(ol|ul|li)\b(?:[^>]*\bstart="(\d+)")?[^>]*>')
_NO_TAGS = nh3.Cleaner(tags=set())


def text_of(html: str) -> str:
    """Return the words of HTML that `common.text.markdown` rendered, on one line, with the numbers of lists."""
    words = unescape(_NO_TAGS.clean(_BLOCK.sub(" ", _with_numbers(html))))
    return " ".join(words.split())


def shows_words(html: str) -> bool:
    """Return whether HTML that `common.text.markdown` rendered has a character that can be seen.

    Lines, empty items and quotes, and blanks that were typed as entities show nothing.
    """
    return shows_something(unescape(_NO_TAGS.clean(html)))


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
