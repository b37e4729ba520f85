"""The default summary of a warning: the beginning of the report that started it. Pure."""

from django.utils.text import Truncator

from common.text.plain_text import text_of

CHARACTERS = 280


def summary_of(html: str) -> str:
    """Return the beginning of a rendered text as plain text, without tags and with entities unescaped."""
    return Truncator(text_of(html)).chars(CHARACTERS)
