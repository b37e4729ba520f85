"""The descriptions of tools in memory, and matching of queries against them. Pure: no database, no clock.

A description is short, so a query means it if they share most of their weight: words that few descriptions have.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.query import Query
from search.synonyms import alike
from search.terms import terms

# The shares of the query's weight that one description has to hold, and all neutral ones of a tool together.
SURE_COVERAGE = 0.66
SURE_OF_ALL = 0.8
FEWEST_WORDS, FEWEST_OF_ALL, FEWEST_PAIRS = 2, 3, 3
# The share of a description that two words have to be.
MUCH_OF_IT = 0.35
# A match by a synonym.
SAME_THING = 0.65
# How much the share of the description counts beside that of the query.
OF_THE_DESCRIPTION = 0.3
# Several descriptions together are less certain than one.
TOGETHER = 0.8
MUCH_OF_THE_BEST = 0.7
# A pair of characters of three bytes each, as the index writes it.
_PAIR = re.compile(r"x[0-9a-f]{12}")
# Words that are too general to describe a tool.
SAYS_LITTLE = frozenset({"app", "tool", "program", "softwar", "want", "make", "get", "use", "need"})


@dataclass(frozen=True)
class Description:
    """A description of a tool, by its primary key; a neutral one says what it is, not what is done with it."""

    tool: int
    text: str
    neutral: bool


@dataclass(frozen=True)
class DescriptionMatch:
    """A tool that a query describes, and the confidence (0 to 1); `neutral` if a neutral description does."""

    tool: int
    score: float
    neutral: bool


@dataclass
class _Held:
    """What the descriptions of a tool hold of a query: by description, and the neutral ones together."""

    one: dict[int, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    together: dict[str, float] = field(default_factory=dict)


class DescriptionIndex:
    """An index of descriptions by their words."""

    def __init__(self, descriptions: Iterable[Description]) -> None:
        self._all = list(descriptions)
        self._words = [_telling(term.text for term in terms(d.text) if not term.common) for d in self._all]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._words):
            for word in words:
                self._holders[word].append(number)
        self._weights = [sum(map(self._weight, words)) or 1.0 for words in self._words]

    def match(self, query: Query) -> list[DescriptionMatch]:
        """Return the tools that a query describes with confidence, best first."""
        asked = _telling(clause.terms[0] for clause in query.wanted)
        if len(asked) < FEWEST_WORDS or query.links:
            return []
        whole = sum(map(self._weight, asked))
        found = [match for tool, held in self._held(asked).items() if (match := self._best(tool, held, whole))]
        found.sort(key=lambda match: (-match.score, match.tool))
        return [match for match in found if match.score >= MUCH_OF_THE_BEST * found[0].score]

    def _weight(self, word: str) -> float:
        """Return the rarity of a word; one that no description has weighs most."""
        return math.log(1 + (len(self._all) + 1) / (len(self._holders.get(word, ())) + 1))

    def _held(self, asked: Iterable[str]) -> dict[int, _Held]:
        """Return what each tool's descriptions hold: asked words, with their weights."""
        held: dict[int, _Held] = defaultdict(_Held)
        for word in asked:
            weight = self._weight(word)
            for same, share in ((word, 1.0), *((other, SAME_THING) for other in alike(word))):
                for number in self._holders.get(same, ()):
                    of_tool = held[self._all[number].tool]
                    _keep_best(of_tool.one[number], word, weight * share)
                    if self._all[number].neutral:
                        _keep_best(of_tool.together, word, weight * share)
        return held

    def _best(self, tool: int, held: _Held, whole: float) -> DescriptionMatch | None:
        """Return the match of a tool by one of its descriptions, or by all of them; None if there is none."""
        sure = [number for number, words in held.one.items() if self._means(number, words, whole)]
        if sure:
            best = max(sure, key=lambda number: self._score(number, held.one[number], whole))
            neutral = any(self._all[number].neutral for number in sure)
            return DescriptionMatch(tool, self._score(best, held.one[best], whole), neutral)
        if _is_sure(held.together, whole, SURE_OF_ALL, FEWEST_OF_ALL):
            return DescriptionMatch(tool, TOGETHER * sum(held.together.values()) / whole, neutral=True)
        return None

    def _means(self, number: int, words: Mapping[str, float], whole: float) -> bool:
        """Return whether a description is meant; by two words only if they are much of it, and no synonyms."""
        if not _is_sure(words, whole, SURE_COVERAGE, FEWEST_WORDS):
            return False
        literal = all(weight == self._weight(word) for word, weight in words.items())
        much = sum(words.values()) >= MUCH_OF_IT * self._weights[number]
        return len(words) > FEWEST_WORDS or (literal and much)

    def _score(self, number: int, words: Mapping[str, float], whole: float) -> float:
        shared = sum(words.values())
        of_description = min(1.0, shared / self._weights[number])
        return shared / whole * (1 - OF_THE_DESCRIPTION + OF_THE_DESCRIPTION * of_description)


def _keep_best(words: dict[str, float], word: str, weight: float) -> None:
    words[word] = max(words.get(word, 0.0), weight)


def _telling(found: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in found if tells(word, SAYS_LITTLE))


def tells(word: str, too_general: frozenset[str]) -> bool:
    """Return whether a word helps to tell what is meant: no single letter, no number, and not too general."""
    return len(word) > 1 and not word.isdigit() and word not in too_general


def _is_sure(words: Mapping[str, float], whole: float, share: float, fewest: int) -> bool:
    """Return whether the words that are held are enough; of pairs of characters, which overlap, it takes more."""
    needed = max(fewest, FEWEST_PAIRS) if all(map(_PAIR.fullmatch, words)) else fewest
    return len(words) >= needed and sum(words.values()) >= share * whole
