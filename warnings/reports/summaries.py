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


def summary_of(html: str) -> str:
    """Return the beginning of a rendered text as plain text, without tags and with entities unescaped."""
    plain = unescape(strip_tags(_BLOCK.sub(" ", html)))
    return Truncator(" ".join(plain.split())).chars(CHARACTERS)
