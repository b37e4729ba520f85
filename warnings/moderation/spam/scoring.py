"""From signs and learnt words to one number between 0 and 1, with the signs that made it. Pure."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from moderation.spam.signs import Context, Sign, signs_of

# Without any sign something is taken for what it most often is: real.
BASE = -1.6
HOLD = 0.5
# So many words are remembered of each kind, and no word says more than this.
MOST_WORDS, MOST_SAID = 4_000, 0.6
_LEAST_SEEN, _ALL_WORDS_SAY = 3, 2.0
_WORD = re.compile(r"\w{3,24}")


@dataclass(frozen=True)
class Score:
    """How much something looks like spam, and why; the strongest signs first."""

    total: float
    signs: list[Sign] = field(default_factory=list)

    @property
    def hints(self) -> list[str]:
        """The signs that speak for it, in words."""
        return [sign.words for sign in self.signs if sign.weight > 0]


@dataclass(frozen=True)
class Memory:
    """In how many texts of each kind a word stood, and how many texts there were; learnt from decisions."""

    spam: Mapping[str, int] = field(default_factory=dict)
    real: Mapping[str, int] = field(default_factory=dict)
    spam_texts: int = 0
    real_texts: int = 0

    def as_json(self) -> dict[str, Any]:
        """What can be stored and given to `from_json`."""
        return {"spam": dict(self.spam), "real": dict(self.real), "texts": [self.spam_texts, self.real_texts]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Memory":
        """The memory again; an empty one from nothing."""
        spam_texts, real_texts = stored.get("texts", (0, 0))
        return cls(stored.get("spam", {}), stored.get("real", {}), spam_texts, real_texts)


def score(text: str, context: Context, memory: Memory) -> Score:
    """How much a text looks like spam: the logistic function of the sum of what its signs weigh."""
    signs = [*signs_of(text, context), *_learnt(text, memory)]
    total = 1 / (1 + math.exp(-(BASE + sum(sign.weight for sign in signs))))
    return Score(total, sorted(signs, key=lambda sign: (-sign.weight, sign.name)))


def learn(memory: Memory, text: str, *, is_spam: bool, times: int = 1) -> Memory:
    """The memory after one more text; with `times=-1` as if it had never been read."""
    kind = dict(memory.spam if is_spam else memory.real)
    for word in words_of(text):
        kind[word] = kind.get(word, 0) + times
    kept = dict(sorted(((w, n) for w, n in kind.items() if n > 0), key=lambda item: (-item[1], item[0]))[:MOST_WORDS])
    if is_spam:
        return Memory(kept, memory.real, max(0, memory.spam_texts + times), memory.real_texts)
    return Memory(memory.spam, kept, memory.spam_texts, max(0, memory.real_texts + times))


def words_of(text: str) -> set[str]:
    """The words of a text that are learnt."""
    return set(_WORD.findall(text[:20_000].casefold()))


def _learnt(text: str, memory: Memory) -> list[Sign]:
    """What the learnt words say together, bounded: no word and no number of words decides alone."""
    if memory.spam_texts < _LEAST_SEEN or memory.real_texts < _LEAST_SEEN:
        return []
    said = {word: _said(word, memory) for word in words_of(text)}
    strongest: Iterable[tuple[str, float]] = sorted(said.items(), key=lambda item: (-abs(item[1]), item[0]))[:12]
    total = max(-_ALL_WORDS_SAY, min(_ALL_WORDS_SAY, sum(weight for _, weight in strongest)))
    speaking = ", ".join(word for word, weight in strongest if weight > 0.2)
    return [Sign("learnt words", f"Words that stood in removed texts: {speaking}", total)] if total else []


def _said(word: str, memory: Memory) -> float:
    spam = (memory.spam.get(word, 0) + 1) / (memory.spam_texts + 2)
    real = (memory.real.get(word, 0) + 1) / (memory.real_texts + 2)
    if memory.spam.get(word, 0) + memory.real.get(word, 0) < _LEAST_SEEN:
        return 0.0
    return max(-MOST_SAID, min(MOST_SAID, math.log(spam / real) / 4))
