"""Find phrases typical of spam and of first-hand accounts, in many languages. Pure.

The phrases are in data/phrases.yaml. In a phrase, `*` matches up to three words, `#` a number, and `~` at the end of
a word any ending. Phrases in scripts without spaces match anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from common.text.folding import fold
from moderation.spam.texts import UNSPACED, Prepared

FILE = Path(__file__).parent / "data" / "phrases.yaml"
# The most words that a gap in a phrase can match.
WIDEST_GAP = 3
KEY = 3


@dataclass(frozen=True)
class Phrase:
    """A phrase in folded parts, its group, and its weight within the group."""

    group: str
    parts: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Found:
    """A phrase found in a text, as typed there."""

    phrase: Phrase
    typed: str


@dataclass(frozen=True)
class _Table:
    by_start: dict[str, list[Phrase]]
    anywhere: list[Phrase]
    reasons: dict[str, str]


def reasons() -> dict[str, str]:
    """Return the description of each group of phrases, by group name, for hints."""
    return _table().reasons


def found_phrases(ready: Prepared) -> list[Found]:
    """Return all phrases in a text, each once."""
    table = _table()
    seen: dict[Phrase, str] = {}
    for start, word in enumerate(ready.words):
        for phrase in table.by_start.get(word[:KEY], ()):
            if phrase not in seen and (end := _end_of(phrase.parts, ready.words, start)):
                seen[phrase] = " ".join(dict.fromkeys(ready.shown[start:end]))
    for phrase in table.anywhere if ready.tight else ():
        if phrase.parts[0] in ready.tight:
            seen[phrase] = phrase.parts[0]
    return [Found(phrase, typed) for phrase, typed in seen.items()]


def _end_of(parts: Sequence[str], words: Sequence[str], start: int) -> int | None:
    """Return the index after a phrase that starts at a word, or None if it does not match."""
    if not parts:
        return start
    if parts[0] == "*":
        ends = (_end_of(parts[1:], words, start + skipped) for skipped in range(WIDEST_GAP + 1))
        return next((end for end in ends if end), None)
    if start < len(words) and _is(parts[0], words[start]):
        return _end_of(parts[1:], words, start + 1)
    return None


def _is(part: str, word: str) -> bool:
    if part == "#":
        return word[0].isdigit()
    return word.startswith(part[:-1]) if part.endswith("~") else word == part


@cache
def _table() -> _Table:
    stored = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    table = _Table({}, [], {name: group["why"] for name, group in stored.items()})
    for name, group in stored.items():
        for weight, texts in group["phrases"].items():
            for text in texts.split(","):
                phrase = Phrase(name, _parts(text.strip()), float(weight))
                if UNSPACED.search(text):
                    table.anywhere.append(phrase)
                else:
                    table.by_start.setdefault(phrase.parts[0].rstrip("~")[:KEY], []).append(phrase)
    return table


def _parts(text: str) -> tuple[str, ...]:
    if UNSPACED.search(text):
        return (fold(text),)
    return tuple(p if p in "*#" else fold(p) + ("~" if p.endswith("~") else "") for p in text.split())
