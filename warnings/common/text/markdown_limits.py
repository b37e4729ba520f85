"""Check in linear time what a Markdown text contains, before it is rendered.

Python-Markdown takes quadratic time or worse on small malicious input: 3 kB of "![" take ten seconds
(https://github.com/Python-Markdown/markdown/issues/798). So the characters that start an element are counted first.
The limits are far above what prose needs.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from common.errors import ForewarnedError

MAX_CHARACTERS = 20_000
MAX_LINES = 1_000


class MarkdownError(ForewarnedError, ValueError):
    """The text cannot be rendered. The message says why; `reason` is a code for it."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message, reason)
        self.reason = reason


@dataclass(frozen=True)
class Limit:
    """At most `most` of what `count` counts. `what` is its name in the plural."""

    reason: str
    what: str
    most: int
    count: Callable[[str], int]


def check(text: str) -> None:
    """Raise MarkdownError if a text is too long or too complex to render quickly."""
    if len(text) > MAX_CHARACTERS:
        raise MarkdownError(
            "too-long", f"The text has {len(text):,} characters; at most {MAX_CHARACTERS:,} are possible."
        )
    for limit in LIMITS:
        found = limit.count(text)
        if found > limit.most:
            raise MarkdownError(
                limit.reason, f"The text has {found:,} {limit.what}; at most {limit.most:,} are possible."
            )


def _of(*signs: str) -> Callable[[str], int]:
    return lambda text: sum(text.count(sign) for sign in signs)


def _unclosed_brackets(text: str) -> int:
    """Return the most brackets open at once in a block, counting unmatched closing ones as well."""
    most = 0
    for block in re.split(r"\n[ \t]*\n", text):
        open_now = stray = 0
        for sign in re.findall(r"[\[\]]", block):
            if sign == "[":
                open_now += 1
            elif open_now:
                open_now -= 1
            else:
                stray += 1
            most = max(most, open_now)
        most = max(most, open_now + stray)
    return most


def _deepest_quote(text: str) -> int:
    leads = re.findall(r"^[ \t]*((?:>[ \t]?)+)", text, flags=re.MULTILINE)
    return max((lead.count(">") for lead in leads), default=0)


def _deepest_indent(text: str) -> int:
    """Return the deepest indentation in steps of four columns, which is how lists nest."""
    leads = re.findall(r"^[ \t>]+(?=\S)", text, flags=re.MULTILINE)
    deep = max((len(lead.replace(">", "").expandtabs(4)) // 4 for lead in leads), default=0)
    markers = re.findall(r"^[ \t>]*((?:(?:[-+*]|\d{1,9}[.)])[ \t]+)+)", text, flags=re.MULTILINE)
    return max(deep, max((len(lead.split()) for lead in markers), default=0))


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+|~+|\*+|_+", text)), default=0)


LIMITS = (
    Limit("too-many-lines", "lines", MAX_LINES, lambda text: text.count("\n") + 1),
    Limit("open-brackets", "square brackets open at once", 50, _unclosed_brackets),
    Limit("footnotes", "footnote marks ([^)", 40, _of("[^")),
    Limit("quotes", "levels of quotation", 10, _deepest_quote),
    Limit("lists", "levels of lists", 6, _deepest_indent),
    Limit("long-runs", "equal signs in a row (` ~ * _)", 100, _longest_run),
    Limit("code", "runs of backticks", 600, lambda text: len(re.findall("`+", text))),
    Limit("links", "links", 400, _of("](", "][")),
    Limit("brackets", "opening square brackets", 1_000, _of("[")),
)
