"""Find passages in a text in every spelling that shows them, and replace them with a mark. Pure.

A reader sees `Müller` in `M&uuml;ller`, in `Mül**ler**` and in letters with an invisible character between them. So a
text is read as letters, folded like names, each with the part of the text that makes it. What separates words is
loose: a passage with a space also is found where a hyphen or nothing stands. Everything takes linear time.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from django.utils.text import slugify

from common.text.cleaning import BLANK
from common.text.folding import LETTERS, fold
from reports.removed_marks import PUT

_MARK = rf"(?P<mark>\\?{re.escape(PUT)})"
_ENTITY = r"(?P<entity>&(?:#[0-9]{1,20}|#[xX][0-9a-fA-F]{1,20}|[A-Za-z][A-Za-z0-9]{1,31});)"
# The part of a link behind its text: an address with a title, or the name of a definition.
_ADDRESS = r"\((?:[^()\\\n]|\\.|\([^()\n]*\)){0,2000}\)"
_LINK_END = rf"(?P<link_end>\](?:{_ADDRESS}| ?\[[^\[\]\n]{{0,200}}\]))"
_SIGNS = r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<link_start>!?\[)|(?P<emphasis>`+|\*+|_+|~+)"
_RENDERED = re.compile(rf"{_MARK}|{_ENTITY}|{_LINK_END}|{_SIGNS}|(?P<plain>.)", re.DOTALL)
# What stands in addresses and in code.
_TYPED = re.compile(rf"{_MARK}|(?P<plain>.)", re.DOTALL)
_IN_ADDRESSES = re.compile(rf"{_MARK}|{_ENTITY}|(?P<percent>(?:%[0-9A-Fa-f]{{2}})+)|(?P<plain>.)", re.DOTALL)
_DECODERS: dict[str, Callable[[str], str]] = {
    "escape": lambda shown: shown[1:],
    "entity": unescape,
    "percent": unquote,
    "plain": str,
}
# Signs of markup, brackets and quotation marks count for nothing between letters.
_IGNORED = frozenset("*_`~[]\\'\"‘’‚‛“”„‟«»‹›´")
_INVISIBLE = frozenset({"Cf", "Cs", "Me"})
# What is no letter is shifted to here, so that no letter is taken for it. Of white space, all is one character.
_SHIFT, _LAST = 0x100000, 0x10FFFD
_SPACE = chr(_SHIFT + 0x20)
_IGNORED_SIGN = chr(_LAST)
_GAP = f"[{chr(_SHIFT)}-{chr(_LAST)}]"
# A redaction stands there: no passage goes across it.
_BARRIER = "\x01"
# A mark in front of these would be the text of a link, or begin the definition of one.
_MAKES_A_LINK = re.compile(r"[(\[]|:\s*<?(?:https?://|mailto:|www\.|/|#)", re.IGNORECASE)
_LINE_START = re.compile(r"[ \t>]*(?:[-+*] |[0-9]{1,9}[.)] )?[ \t]*")
_MOST_ROUNDS = 5
# Titles longer than this may be cut in their slugs; of a name, so many letters tell something.
_CUT_SLUG, _SHORTEST_PART = 80, 3
# So many signs on a line begin or end code.
_FENCE = 3
_Span = tuple[int, int]


@dataclass
class _Reading:
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


def without_passages(text: str, passages: Sequence[str]) -> str:
    """Return a text with a mark in place of each passage, in whatever spelling, and of the markup that it leaves."""
    patterns = _patterns(passages)
    before, rounds = None, 0
    # Without what is removed, the rest may be read in another way.
    while text != before and rounds < _MOST_ROUNDS:
        before, rounds = text, rounds + 1
        for tokens in _ways_to_read(text, patterns):
            text = _replaced(_read(text, tokens), patterns)
    return text


def shows(plain: str, passages: Sequence[str]) -> bool:
    """Return whether a text without markup shows one of the passages."""
    patterns = _patterns(passages)
    return bool(_ways_to_read(plain, patterns)) and bool(_spans(_read(plain, _TYPED), patterns))


def is_in_address(slug: str, passages: Sequence[str]) -> bool:
    """Return whether a slug shows a passage, also without its letters outside ASCII, or its first letters at the end.

    Slugs drop those letters, and the slug of a long title is cut anywhere.
    """
    parts = [part for passage in passages if len(part := slugify(passage)) >= _SHORTEST_PART]
    words = slug.rpartition("-")[0]
    if shows(slug, [*passages, *parts]):
        return True
    letters = words.replace("-", "") if len(words) >= _CUT_SLUG else ""
    return any(
        letters.endswith(part[:length])
        for part in (part.replace("-", "") for part in parts)
        for length in range(_SHORTEST_PART, len(part))
    )


def size_of(passage: str) -> int:
    """Return how many characters of a passage are compared: letters, digits and signs that are no markup."""
    return len(re.sub(f"{_SPACE}|{_IGNORED_SIGN}", "", _letters_of(passage)))


@dataclass(frozen=True)
class _Pattern:
    """A passage: what finds it, and its letters without anything else, which a text with it has, too."""

    found_by: re.Pattern[str]
    core: str


def _patterns(passages: Sequence[str]) -> list[_Pattern]:
    return [_Pattern(re.compile(pattern), _core(passage)) for passage in passages if (pattern := _pattern(passage))]


def _pattern(passage: str) -> str:
    """Return the expression for a passage: any separators or none inside it, and its own signs around it."""
    read = _letters_of(passage)
    parts = re.fullmatch(f"({_GAP}*)(.*?)({_GAP}*)", read, re.DOTALL)
    assert parts is not None
    before, middle, after = parts.groups()
    words = f"{_GAP}*".join(re.escape(word) for word in re.split(f"{_GAP}+", middle) if word)
    edges = [[re.escape(sign) for sign in edge if sign not in {_SPACE, _IGNORED_SIGN}] for edge in (before, after)]
    return f"{_SPACE}*".join([*edges[0], *([words] if words else []), *edges[1]])


def _letters_of(passage: str) -> str:
    # Signs of markup inside a passage separate its words; in texts they count for nothing.
    parts = (
        _IGNORED_SIGN if char in _IGNORED else _read(char, _TYPED).letters for char in _clusters(unescape(passage))
    )
    return "".join(parts)


def _clusters(text: str) -> list[str]:
    """Return the characters of a text, each with what belongs to it."""
    clusters: list[str] = []
    for char in text:
        if clusters and _continues(char) and clusters[-1] not in _IGNORED:
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def _core(text: str) -> str:
    """Return the letters and digits of a text, quickly folded."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"[\W_\u115f\u1160\u3164\uffa0]+", "", folded.translate(LETTERS))


def _ways_to_read(text: str, patterns: Sequence[_Pattern]) -> list[re.Pattern[str]]:
    """Return the ways in which to read a text: as it is rendered, as it is typed, and its addresses."""
    if not patterns or not text:
        return []
    if not any(sign in text for sign in ("&", "](", "][", "] [", "%")):
        # Nothing is written otherwise than it is read.
        core = _core(text)
        if not any(pattern.core in core for pattern in patterns):
            return []
        return [_RENDERED, _TYPED] if "\\" in text else [_RENDERED]
    return [_RENDERED, _TYPED, _IN_ADDRESSES]


def _read(text: str, tokens: re.Pattern[str]) -> _Reading:
    reading, letters, opened = _Reading(text), list[str](), list[int]()
    cluster, start, end = "", 0, 0

    def add() -> None:
        shown = _folded(cluster)
        letters.append(shown)
        reading.starts.extend([start] * len(shown))
        reading.ends.extend([end] * len(shown))

    for token in tokens.finditer(text):
        kind, shown = str(token.lastgroup), token[0]
        if kind in {"emphasis", "link_start", "link_end"}:
            _note_markup(reading, opened, token)
            continue
        if kind == "mark":
            add()
            cluster, start, end = _BARRIER, *token.span()
            continue
        for char in _DECODERS[kind](shown):
            if cluster and _continues(char):
                cluster, end = cluster + char, token.end()
            elif not _is_ignored(char):
                add()
                cluster, start, end = char, token.start(), token.end()
    add()
    reading.letters = "".join(letters)
    reading.by_start.sort()
    return reading


def _note_markup(reading: _Reading, opened: list[int], token: re.Match[str]) -> None:
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
    return len(token[0]) < _FENCE and not any(char.strip() for char in around)


def _continues(char: str) -> bool:
    """Whether a character belongs to the one before: an accent, a vowel sign, the rest of a Hangul syllable."""
    return not char.isascii() and (
        unicodedata.category(char) in {"Mn", "Mc"} or "\u1161" <= char <= "\u11ff" or char in "\uff9e\uff9f"
    )


def _is_ignored(char: str) -> bool:
    if char in _IGNORED:
        return True
    if char.isascii():
        return char < " " and char not in "\n\t"
    return char in BLANK or unicodedata.category(char) in _INVISIBLE


@lru_cache(maxsize=4096)
def _folded(cluster: str) -> str:
    """Return the folded letters of a character, or what stands for it if it is none."""
    if not cluster or cluster[0] == _BARRIER:
        return cluster[:1]
    if letters := fold(cluster):
        return letters
    if cluster[0].isspace():
        return _SPACE
    if _continues(cluster[0]):
        # An accent on nothing.
        return ""
    sign = unicodedata.normalize("NFKC", cluster[0])[0]
    return _SPACE if sign.isspace() else chr(min(_SHIFT + ord(sign), _LAST - 1))


def _spans(reading: _Reading, patterns: Sequence[_Pattern]) -> list[_Span]:
    """Return where the passages are in the text, in order and without overlap."""
    return _joined(
        (reading.starts[found.start()], reading.ends[found.end() - 1])
        for pattern in patterns
        for found in pattern.found_by.finditer(reading.letters)
    )


def _joined(spans: Iterable[_Span]) -> list[_Span]:
    joined: list[_Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _replaced(reading: _Reading, patterns: Sequence[_Pattern]) -> str:
    text, done = reading.text, 0
    parts = []
    for start, end in _joined(_with_markup(reading, span) for span in _spans(reading, patterns)):
        closing, opening = _left_over(reading, start, end)
        parts.append(text[done:start] + PUT + closing)
        done = end
        if opening:
            done += len(text[end:]) - len(text[end:].lstrip(" "))
            parts.append(f" {opening}")
        elif not closing and _MAKES_A_LINK.match(text, end):
            parts.append(" ")
    return "".join([*parts, text[done:]])


def _with_markup(reading: _Reading, span: _Span) -> _Span:
    """Return a span with the markup around it that would be left without words or without its other half."""
    before = None
    while before != span:
        before = span
        span = _with_emphasis(reading, _with_links(reading, span))
    return span


def _with_links(reading: _Reading, span: _Span) -> _Span:
    start, end = span
    for opened, closed, last in _links_across(reading, start, end):
        if opened < start and not _shows_between(reading, opened, start):
            start = opened
        elif opened >= start and not _shows_between(reading, end, closed):
            end = max(end, last)
    return start, end


def _with_emphasis(reading: _Reading, span: _Span) -> _Span:
    start, end = span
    for _, sign in _halves(reading, start, end):
        if _is_at(reading.emphasis[sign], start - len(sign)):
            return start - len(sign), end
        if _is_at(reading.emphasis[sign], end):
            return start, end + len(sign)
    return span


def _links_across(reading: _Reading, start: int, end: int) -> list[tuple[int, ...]]:
    """Return the links of which one half, the text or the address, is inside a span."""
    inside = reading.by_start[bisect_left(reading.by_start, (start,)) : bisect_left(reading.by_start, (end,))]
    ends = reading.by_end[bisect_left(reading.by_end, (start,)) : bisect_left(reading.by_end, (end,))]
    across = [link for link in inside if link[1] >= end]
    return across + [(opened, closed, last) for closed, last, opened in ends if opened < start]


def _halves(reading: _Reading, start: int, end: int) -> list[tuple[int, str]]:
    """Return the signs of emphasis in a span that have their other half elsewhere, with their places."""
    first, after = bisect_left(reading.signs, (start,)), bisect_left(reading.signs, (end,))
    halves: dict[str, int] = {}
    for place, last in reading.signs[first:after]:
        sign = reading.text[place:last]
        if sign[0] == "_" and reading.text[place - 1 : place].isalnum() and reading.text[last : last + 1].isalnum():
            continue
        if halves.pop(sign, None) is None:
            halves[sign] = place
    return [(place, sign) for sign, place in halves.items()]


def _left_over(reading: _Reading, start: int, end: int) -> tuple[str, str]:
    """Return the markup of a span that stays after the mark: what ends there, and what begins there."""
    text = reading.text
    ends, begins = [], []
    for opened, closed, last in _links_across(reading, start, end):
        if opened < start:
            ends.append((closed, text[closed:last]))
        else:
            begins.append((opened, "["))
    for place, sign in _halves(reading, start, end):
        places, is_fence = reading.emphasis[sign], len(sign) >= _FENCE and sign[0] in "`~"
        top = 0 if is_fence else text.rfind("\n\n", 0, start) + 1
        bottom = len(text) if is_fence else text.find("\n\n", end) % (len(text) + 1)
        shown = f"\n{sign}\n" if is_fence else sign
        if (bisect_left(places, start) - bisect_left(places, top)) % 2:
            ends.append((place, shown))
        elif (bisect_left(places, bottom) - bisect_left(places, end)) % 2:
            begins.append((place, shown))
    closing = "".join(sign for _, sign in sorted(ends)) + _begun_line(text, start, end)
    return closing, "".join(sign for _, sign in sorted(begins))


def _begun_line(text: str, start: int, end: int) -> str:
    """Return the quote and list marks of the line in which a span ends, if more of that line is left."""
    line = text.rfind("\n", start, end) + 1
    if not line or not text[end:].split("\n", 1)[0].strip():
        return ""
    marks = _LINE_START.match(text, line, end)
    return f"\n{marks[0]}" if marks and marks[0].strip() else ""


def _shows_between(reading: _Reading, start: int, end: int) -> bool:
    return bisect_left(reading.starts, start) < bisect_left(reading.starts, end)


def _is_at(places: list[int], place: int) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place
