"""Score how similar a report is to warnings: by tool, tactic and words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from common.text.folding import fold

# Weights of the similarity, adding up to 1; warnings are offered from LIKE_ENOUGH on.
OF_TOOL, OF_TACTIC, OF_WORDS = 0.4, 0.2, 0.4
LIKE_ENOUGH = 0.4
MOST_OFFERED = 3
MOST_CHARACTERS = 2_000


@dataclass(frozen=True)
class Subject:
    """The subject of a warning or report: primary keys of tools and tactics, and its words."""

    tools: frozenset[int]
    tactics: frozenset[int]
    words: str


def similarity(report: Subject, warning: Subject) -> float:
    """Return the similarity of a report and a warning, 0 to 1."""
    words = fuzz.token_set_ratio(_plain(report.words), _plain(warning.words)) / 100 if report.words else 0
    return (
        OF_TOOL * bool(report.tools & warning.tools)
        + OF_TACTIC * bool(report.tactics & warning.tactics)
        + OF_WORDS * words
    )


def most_similar(report: Subject, warnings: Sequence[tuple[int, Subject]]) -> list[int]:
    """Return the primary keys of the most similar warnings, best first."""
    scored = [(similarity(report, subject), key) for key, subject in warnings]
    return [key for score, key in sorted(scored, key=lambda pair: -pair[0]) if score >= LIKE_ENOUGH][:MOST_OFFERED]


def _plain(text: str) -> str:
    return " ".join(fold(word) for word in text[:MOST_CHARACTERS].split())
