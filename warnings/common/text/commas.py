"""Split names that people type with commas between them, in any script."""

import re

from common.text.cleaning import normalise_line

# Full-width and half-width, ideographic, Arabic, Ethiopic, Mongolian, N'Ko, Vai, Bamum and vertical commas.
COMMAS = ",\uff0c\u3001\uff64\ufe50\ufe51\u060c\u1363\u1802\u07f8\ua60d\ua6f5\u2e32\u2e34\u2e41\ufe10\ufe11"
_COMMA = re.compile(f"[{COMMAS}]")


def split_at_commas(text: str) -> list[str]:
    """Return the names between commas, each normalised to a line, without empty ones."""
    return [name for part in _COMMA.split(text) if (name := normalise_line(part))]


def has_comma(text: str) -> bool:
    """Whether a text would be split."""
    return bool(_COMMA.search(text))
