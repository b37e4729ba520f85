"""The default summary of a warning: the beginning of the report that started it. Pure."""

import re
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import Truncator

CHARACTERS = 280
# Between what stands in these there is a space; what stands in other tags is part of a word.
_BLOCK = re.compile(
    r"</?(?:p|br|hr|pre|blockquote|ul|ol|li|h[1-6]|table|thead|tbody|tr|th|td)\b[^>]*>", re.IGNORECASE
)


def summary_of(html: str) -> str:
    """The beginning of a rendered text as plain words: no marks of Markdown, no tags, entities as characters."""
    plain = unescape(strip_tags(_BLOCK.sub(" ", html)))
    return Truncator(" ".join(plain.split())).chars(CHARACTERS)
