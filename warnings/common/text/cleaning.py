"""Remove from typed text what no text needs and some texts abuse. Pure."""

import re
import unicodedata

# Characters that make text run the other way or hide the order in which it was written.
BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
# More marks than this on one letter reach over the lines around it; no writing system stacks as many.
MOST_MARKS = 4
_MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = re.compile(f"({_MARK}{{{MOST_MARKS}}}){_MARK}+")


def without_unstorable(text: str) -> str:
    """The text as it was typed, but for NUL and lone surrogates, which PostgreSQL refuses even to find nothing."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def normalise_text(text: str) -> str:
    """The text with plain line ends, without control characters, lone surrogates and marks that reorder or hide."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(BIDI_CONTROLS)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return _MARKS.sub(r"\1", text)


def normalise_line(text: str) -> str:
    """The same for a single line: each stretch of white space is one space."""
    return " ".join(normalise_text(text).split())
