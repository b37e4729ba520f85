"""Expressions that find a passage in the letters that a text shows. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from common.text.lookalikes import looks_of
from reports.shown_letters import BARRIER, CORE_IGNORES, IGNORED_SIGN, LAST, LINE, SHIFT, SPACE, letters_of

_BLANKS = f"[{SPACE}{LINE}]"
_GAP = f"[{chr(SHIFT)}-{chr(LAST)}]"
_HYPHENS = "".join(chr(SHIFT + ord(hyphen)) for hyphen in "-\u2010")
# One line ends, perhaps with a hyphen, and the next one begins, perhaps in a quote.
_BREAK = f"(?:[{_HYPHENS}]?{SPACE}*{LINE}[{SPACE}{chr(SHIFT + ord('>'))}]*)?"
# A letter of a script with spaces between words: of others, words begin and end anywhere.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff"
_IN_WORDS = f"[^{BARRIER}{_UNSPACED}{chr(SHIFT)}-{chr(LAST)}]"


@dataclass(frozen=True)
class Pattern:
    """A passage: what finds it, and what finds its letters without anything else, which a text with it has, too."""

    found_by: re.Pattern[str]
    core: re.Pattern[str]


def patterns_of(passages: Sequence[str]) -> list[Pattern]:
    """Return the patterns of passages, except of those that are nothing but markup and white space."""
    read = (letters_of(passage) for passage in passages)
    return [
        Pattern(re.compile(expression), re.compile("".join(map(_in_core, re.sub(_GAP, "", letters)))))
        for letters in read
        if (expression := _expression(letters))
    ]


def size_of(passage: str) -> int:
    """Return how many characters of a passage are compared: letters, digits and signs that are no markup."""
    return len(re.sub(f"{_BLANKS}|{IGNORED_SIGN}", "", letters_of(passage)))


def _expression(read: str) -> str:
    """Return the expression for a passage: any separators or none inside it, and its own signs around it."""
    parts = re.fullmatch(f"({_GAP}*)(.*?)({_GAP}*)", read, re.DOTALL)
    assert parts is not None
    before, middle, after = parts.groups()
    words = [[_one_of(looks_of(letter)) for letter in word] for word in re.split(f"{_GAP}+", middle) if word]
    edges = [
        [re.escape(sign) for sign in edge if sign not in {SPACE, LINE, IGNORED_SIGN}] for edge in (before, after)
    ]
    return f"{_BLANKS}*".join([*edges[0], *([_in_lines(words)] if words else []), *edges[1]])


def _in_lines(words: Sequence[Sequence[str]]) -> str:
    """Return the expression for words on a line, or on several if nothing but a genitive's s goes on with them."""
    plain, broken = (f"{_GAP}*".join(between.join(word) for word in words) for between in ("", _BREAK))
    return f"(?:{plain}|(?<!{_IN_WORDS}){broken}(?=s?(?!{_IN_WORDS})))"


def _in_core(letter: str) -> str:
    return _one_of({CORE_IGNORES.sub("", unicodedata.normalize("NFKD", look)) for look in looks_of(letter)})


def _one_of(looks: Iterable[str]) -> str:
    """Return the expression for one of several texts, the longest first."""
    several = [re.escape(look) for look in sorted(looks, key=lambda look: (-len(look), look))]
    return several[0] if len(several) == 1 else f"(?:{'|'.join(several)})"
