"""Remove characters from typed text that are not needed or can be abused. Pure."""

import re
import unicodedata

from common.text.folding import BLANK_LETTERS

# Embeddings, overrides and isolates, which reverse text that follows or conceal its order. The marks (LRM, RLM, ALM)
# stay: they only say to which side a neighbouring bracket belongs, and right-to-left text needs them.
BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Marks on nothing, spaces, and format and control characters.
_UNSEEN = frozenset({"Mn", "Mc", "Me", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})
# Others that show nothing: Hangul fillers, blank Braille, empty notes, what stands for an attachment, and what is
# reserved for such characters.
BLANK = BLANK_LETTERS.union("\u2800\U0001d159\u2065", map(chr, [*range(0xFFF0, 0xFFFD), *range(0xE0000, 0xE1000)]))
# More combining marks than this on one letter cover adjacent lines; no writing system needs as many.
MOST_MARKS = 4
_MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_MARKS = re.compile(f"({_MARK}{{{MOST_MARKS}}}){_MARK}+")


def without_unstorable(text: str) -> str:
    """Remove NUL and lone surrogates, which PostgreSQL refuses even in a query."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def normalise_line_ends(text: str) -> str:
    """Make each line end one character. Browsers send two and count one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shows_something(text: str) -> bool:
    """Whether a text has a character that can be seen, other than marks on nothing."""
    return any(unicodedata.category(char) not in _UNSEEN and char not in BLANK for char in text)


def normalise_text(text: str) -> str:
    """Normalise line ends; remove control characters, surrogates, direction controls and excess combining marks.

    Of a text in which nothing can be seen, nothing is left.
    """
    text = normalise_line_ends(text).translate(BIDI_CONTROLS)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return _MARKS.sub(r"\1", text) if shows_something(text) else ""


def normalise_line(text: str) -> str:
    """Normalise a text to a single line, with each run of white space as one space."""
    return " ".join(normalise_text(text).split())
