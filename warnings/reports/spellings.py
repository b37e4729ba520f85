"""Find passages in a text in every spelling that shows them, and replace them with a mark. Pure.

A reader sees `Müller` in `M&uuml;ller`, in `Mül**ler**`, in letters with an invisible character between them and in
letters of other alphabets that look the same. So a text is read as letters, folded like names, each with the part of
the text that makes it. What separates words is loose: a passage with a space also is found where a hyphen or nothing
stands, and a whole word where a line ends inside it. Everything takes linear time.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from django.utils.text import slugify

from reports.passage_patterns import Pattern, patterns_of
from reports.removed_marks import PUT
from reports.shown_letters import FENCE, IN_ADDRESSES, MOST_ROUNDS, RENDERED, TYPED, Reading, Span, core_of, read

# A mark in front of these would be the text of a link, or begin the definition of one.
_MAKES_A_LINK = re.compile(r"[(\[]|:\s*<?(?:https?://|mailto:|www\.|/|#)", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")
_LINE_START = re.compile(r"[ \t>]*(?:[-+*] |[0-9]{1,9}[.)] )?[ \t]*")
# Titles longer than this may be cut in their slugs; of a name, so many letters tell something.
_CUT_SLUG, _SHORTEST_PART = 80, 3


def without_passages(text: str, passages: Sequence[str]) -> str:
    """Return a text with a mark in place of each passage, in whatever spelling, and of the markup that it leaves."""
    patterns = patterns_of(passages)
    before, rounds = None, 0
    # Without what is removed, the rest may be read in another way.
    while text != before and rounds < MOST_ROUNDS:
        before, rounds = text, rounds + 1
        for tokens in _ways_to_read(text, patterns):
            text = _replaced(read(text, tokens), patterns)
    return text


def shows(plain: str, passages: Sequence[str]) -> bool:
    """Return whether a text without markup shows one of the passages."""
    patterns = patterns_of(passages)
    return bool(_ways_to_read(plain, patterns)) and bool(_spans(read(plain, TYPED), patterns))


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


def _ways_to_read(text: str, patterns: Sequence[Pattern]) -> list[re.Pattern[str]]:
    """Return the ways in which to read a text: as it is rendered, as it is typed, and its addresses."""
    if not patterns or not text:
        return []
    if not any(sign in text for sign in ("&", "](", "][", "] [", "%")):
        # Nothing is written otherwise than it is read.
        core = core_of(text)
        if not any(pattern.core.search(core) for pattern in patterns):
            return []
        return [RENDERED, TYPED] if "\\" in text else [RENDERED]
    return [RENDERED, TYPED, IN_ADDRESSES]


def _spans(reading: Reading, patterns: Sequence[Pattern]) -> list[Span]:
    """Return where the passages are in the text, in order and without overlap."""
    return _joined(
        (reading.starts[found.start()], reading.ends[found.end() - 1])
        for pattern in patterns
        for found in pattern.found_by.finditer(reading.letters)
    )


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _replaced(reading: Reading, patterns: Sequence[Pattern]) -> str:
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


def _with_markup(reading: Reading, span: Span) -> Span:
    """Return a span with the markup around it that would be left without words or without its other half."""
    before = None
    while before != span:
        before = span
        span = _with_emphasis(reading, _with_links(reading, span))
    return span


def _with_links(reading: Reading, span: Span) -> Span:
    start, end = span
    for opened, closed, last in _links_across(reading, start, end):
        if opened < start and not _shows_between(reading, opened, start):
            start = opened
        elif opened >= start and not _shows_between(reading, end, closed):
            end = max(end, last)
    return start, end


def _with_emphasis(reading: Reading, span: Span) -> Span:
    start, end = span
    for _, sign in _halves(reading, start, end):
        if _is_at(reading.emphasis[sign], start - len(sign)):
            return start - len(sign), end
        if _is_at(reading.emphasis[sign], end):
            return start, end + len(sign)
    return span


def _links_across(reading: Reading, start: int, end: int) -> list[tuple[int, ...]]:
    """Return the links of which one half, the text or the address, is inside a span."""
    inside = reading.by_start[bisect_left(reading.by_start, (start,)) : bisect_left(reading.by_start, (end,))]
    ends = reading.by_end[bisect_left(reading.by_end, (start,)) : bisect_left(reading.by_end, (end,))]
    across = [link for link in inside if link[1] >= end]
    return across + [(opened, closed, last) for closed, last, opened in ends if opened < start]


def _halves(reading: Reading, start: int, end: int) -> list[tuple[int, str]]:
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


def _left_over(reading: Reading, start: int, end: int) -> tuple[str, str]:
    """Return the markup of a span that stays after the mark: what ends there, and what begins there."""
    text = reading.text
    ends, begins = [], []
    for opened, closed, last in _links_across(reading, start, end):
        if opened < start:
            ends.append((closed, text[closed:last]))
        else:
            begins.append((opened, "["))
    for place, sign in _halves(reading, start, end):
        places, is_fence = reading.emphasis[sign], len(sign) >= FENCE and sign[0] in "`~"
        top = 0 if is_fence else text.rfind("\n\n", 0, start) + 1
        bottom = len(text) if is_fence else text.find("\n\n", end) % (len(text) + 1)
        shown = f"\n{sign}\n" if is_fence else sign
        if (bisect_left(places, start) - bisect_left(places, top)) % 2:
            ends.append((place, shown))
        elif (bisect_left(places, bottom) - bisect_left(places, end)) % 2:
            begins.append((place, shown))
    closing = "".join(sign for _, sign in sorted(ends)) + _begun_line(text, start, end) + _bars(text, start, end)
    return closing, "".join(sign for _, sign in sorted(begins))


def _begun_line(text: str, start: int, end: int) -> str:
    """Return the quote and list marks of the line in which a span ends, if more of that line is left."""
    line = text.rfind("\n", start, end) + 1
    if not line or not text[end:].split("\n", 1)[0].strip():
        return ""
    marks = _LINE_START.match(text, line, end)
    return f"\n{marks[0]}" if marks and marks[0].strip() else ""


def _bars(text: str, start: int, end: int) -> str:
    """Return the bars between the cells of a table in a span on one line, so that no cell moves to another column."""
    return "" if "\n" in text[start:end] else " |" * len(_BAR.findall(text, start, end))


def _shows_between(reading: Reading, start: int, end: int) -> bool:
    return bisect_left(reading.starts, start) < bisect_left(reading.starts, end)


def _is_at(places: list[int], place: int) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place
