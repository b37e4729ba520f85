"""Read a text as the letters that it shows, each with the part of the text that makes it. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from common.text.cleaning import BLANK
from common.text.folding import LETTERS, fold
from common.text.lookalikes import SYMBOLS, by_look
from reports.removed_marks import PUT

_MARK = rf"(?P<mark>\\?{re.escape(PUT)})"
_ENTITY = r"(?P<entity>&(?:#[0-9]{1,20}|#[xX][0-9a-fA-F]{1,20}|[A-Za-z][A-Za-z0-9]{1,31});)"
# The part of a link behind its text: an address with a title, or the name of a definition.
_ADDRESS = r"\((?:[^()\\\n]|\\.|\([^()\n]*\)){0,2000}\)"
_LINK_END = rf"(?P<link_end>\](?:{_ADDRESS}| ?\[[^\[\]\n]{{0,200}}\]))"
_SIGNS = r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<link_start>!?\[)|(?P<emphasis>`+|\*+|_+|~+)"
RENDERED = re.compile(rf"{_MARK}|{_ENTITY}|{_LINK_END}|{_SIGNS}|(?P<plain>.)", re.DOTALL)
# What stands in addresses and in code.
TYPED = re.compile(rf"{_MARK}|(?P<plain>.)", re.DOTALL)
IN_ADDRESSES = re.compile(rf"{_MARK}|{_ENTITY}|(?P<escape>\\%)|(?P<plain>.)", re.DOTALL)
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_DECODERS: dict[str, Callable[[str], str]] = {
    "escape": lambda shown: shown[1:],
    "entity": unescape,
    "plain": str,
}
# Signs of markup, brackets and quotation marks count for nothing between letters.
_IGNORED = frozenset("*_`~[]\\'\"‘’‚‛“”„‟«»‹›´")
_INVISIBLE = frozenset({"Cf", "Cs", "Me", "Zl", "Zp"})
# Stretches an Arabic word.
_TATWEEL = "\u0640"
# The iota below a Greek letter; below another one, no reader takes it for a letter.
_IOTA = "\u0345"
# On their letters, all marks are accents, also those that are vowels in other scripts.
_WITH_ACCENTS = ("LATIN ", "GREEK ", "CYRILLIC ", "ARMENIAN ")
# What is no letter is shifted to here, so that no letter is taken for it. Of white space, all is one character.
SHIFT, LAST = 0x100000, 0x10FFFD
SPACE = chr(SHIFT + 0x20)
LINE = chr(SHIFT + 0x0A)
IGNORED_SIGN = chr(LAST)
# A redaction stands there: no passage goes across it.
BARRIER = "\x01"
CORE_IGNORES = re.compile(rf"[\W_\u115f\u1160\u3164\uffa0{_TATWEEL}]+")
# As often as this a text may be encoded, or show a passage only without what is removed.
MOST_ROUNDS = 5
# So many signs on a line begin or end code.
FENCE = 3
Span = tuple[int, int]
_Char = tuple[str, int, int]


@dataclass
class Reading:
    """The folded letters of a text with their places in it, and the signs of markup between them."""

    text: str
    letters: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    # The places of each emphasis sign, and all signs by where they begin.
    emphasis: dict[str, list[int]] = field(default_factory=dict)
    signs: list[tuple[int, int]] = field(default_factory=list)
    # Where the text of a link begins and where its address begins and ends; and by where the address begins.
    by_start: list[tuple[int, ...]] = field(default_factory=list)
    by_end: list[tuple[int, ...]] = field(default_factory=list)


def read(text: str, tokens: re.Pattern[str]) -> Reading:
    """Read a text in one way: `RENDERED`, `TYPED` or `IN_ADDRESSES`."""
    return _read(text, tokens, _seen)


def letters_of(passage: str) -> str:
    """Return the folded letters of a passage, whatever they look like, with what stands for its signs."""
    # Signs of markup inside a passage separate its words; in texts they count for nothing.
    parts = (
        IGNORED_SIGN if char in _IGNORED else _read(char, TYPED, _folded).letters
        for char in _clusters(unescape(passage))
    )
    return "".join(parts)


def core_of(text: str) -> str:
    """Return the letters and digits of a text, quickly folded by how they look."""
    if _IOTA in text:
        text = "".join(map(_with_accents_only, _clusters(text)))
    folded = unicodedata.normalize("NFKD", by_look(text).casefold())
    return CORE_IGNORES.sub("", folded.translate(LETTERS))


def _read(text: str, tokens: re.Pattern[str], folded: Callable[[str], str]) -> Reading:
    reading, letters = Reading(text), list[str]()
    chars = _chars(reading, tokens)
    cluster, start, end = "", 0, 0
    for char, first, last in _unquoted(chars) if tokens is IN_ADDRESSES else chars:
        if cluster and _continues(char):
            cluster, end = cluster + char, last
        elif not _is_ignored(char):
            _add(reading, letters, folded(cluster), (start, end))
            cluster, start, end = char, first, last
    _add(reading, letters, folded(cluster), (start, end))
    reading.letters = "".join(letters)
    reading.by_start.sort()
    return reading


def _add(reading: Reading, letters: list[str], shown: str, span: Span) -> None:
    letters.append(shown)
    reading.starts.extend([span[0]] * len(shown))
    reading.ends.extend([span[1]] * len(shown))


def _chars(reading: Reading, tokens: re.Pattern[str]) -> Iterator[_Char]:
    """Yield the characters that a text shows with the places of what makes them, and note its markup."""
    opened = list[int]()
    for token in tokens.finditer(reading.text):
        kind = str(token.lastgroup)
        if kind in {"emphasis", "link_start", "link_end"}:
            _note_markup(reading, opened, token)
        elif kind == "mark":
            yield BARRIER, *token.span()
        else:
            yield from ((char, *token.span()) for char in _DECODERS[kind](token[0]) if char != BARRIER)


def _unquoted(chars: Iterable[_Char]) -> list[_Char]:
    """Return the characters of addresses after percent-decoding, also of what was encoded several times."""
    units = list(chars)
    for _ in range(MOST_ROUNDS):
        shown, done, decoded = "".join(char for char, _, _ in units), 0, list[_Char]()
        for run in _PERCENT.finditer(shown):
            place = units[run.start()][1], units[run.end() - 1][2]
            decoded += units[done : run.start()]
            decoded += [(char, *place) for char in unquote(run[0]) if char != BARRIER]
            done = run.end()
        if not done:
            break
        units = decoded + units[done:]
    return units


def _note_markup(reading: Reading, opened: list[int], token: re.Match[str]) -> None:
    match token.lastgroup:
        case "emphasis" if _stands_alone(token):
            # The mark of a list, or a sign that is shown.
            pass
        case "emphasis":
            reading.signs.append(token.span())
            reading.emphasis.setdefault(token[0], []).append(token.start())
        case "link_start":
            opened.append(token.start())
        case _ if opened:
            begun = opened.pop()
            reading.by_start.append((begun, *token.span()))
            reading.by_end.append((*token.span(), begun))


def _stands_alone(token: re.Match[str]) -> bool:
    start, end = token.span()
    around = token.string[max(0, start - 1) : start], token.string[end : end + 1]
    return len(token[0]) < FENCE and not any(char.strip() for char in around)


def _continues(char: str) -> bool:
    """Whether a character belongs to the one before: an accent, a vowel sign, the rest of a Hangul syllable."""
    return not char.isascii() and (
        unicodedata.category(char) in {"Mn", "Mc"} or "\u1161" <= char <= "\u11ff" or char in "\uff9e\uff9f"
    )


def _is_ignored(char: str) -> bool:
    if char in _IGNORED:
        return True
    if char.isascii():
        return char < " " and char not in f"\n\t{BARRIER}"
    return char in BLANK or char == _TATWEEL or unicodedata.category(char) in _INVISIBLE


def _clusters(text: str) -> list[str]:
    """Return the characters of a text, each with what belongs to it."""
    clusters: list[str] = []
    for char in text:
        if clusters and _continues(char) and clusters[-1] not in _IGNORED:
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


@lru_cache(maxsize=4096)
def _folded(cluster: str) -> str:
    """Return the folded letters of a character, or what stands for it if it is none."""
    if not cluster or cluster[0] == BARRIER:
        return cluster[:1]
    if letters := fold(_with_accents_only(cluster).translate(SYMBOLS)):
        return letters
    if cluster[0].isspace():
        return LINE if cluster[0] == "\n" else SPACE
    if _continues(cluster[0]):
        # An accent on nothing.
        return ""
    sign = unicodedata.normalize("NFKC", cluster[0])[0]
    return SPACE if sign.isspace() else chr(min(SHIFT + ord(sign), LAST - 1))


@lru_cache(maxsize=4096)
def _seen(cluster: str) -> str:
    """Return the folded letters that a character looks like, or what stands for it if it is none."""
    if cluster.isascii() or cluster[0] == BARRIER:
        return _folded(cluster)
    return fold(by_look(_with_accents_only(cluster))) or _folded(cluster)


def _with_accents_only(cluster: str) -> str:
    """Return a letter without marks that would count as letters, if there are none in its script."""
    name = unicodedata.name(cluster[0], "")
    if not name.startswith("GREEK "):
        cluster = cluster.replace(_IOTA, "")
    if not name.startswith(_WITH_ACCENTS):
        return cluster
    return cluster[0] + "".join(mark for mark in cluster[1:] if unicodedata.category(mark) != "Mn" or mark == _IOTA)
