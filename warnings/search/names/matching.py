"""All names of the directory in memory, and matching of queries against them. Pure: no database, no clock.

Scores express the confidence of a match: from CONFIDENT on it is shown as an answer, below that as "did you mean",
and below POSSIBLE not at all.
"""

import heapq
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from common.text.folding import fold, fold_words
from search.names.common_words import is_common
from search.names.context_words import CUES_AFTER, CUES_BEFORE, QUESTION, REQUESTS
from search.names.spelling import similarity
from search.names.variants import Forms, forms
from search.query import Phrase, Query

CONFIDENT = 0.7
POSSIBLE = 0.52

EXACT = 1.0
SAME_LOOK = 0.97
SAME_ROMANISED = 0.96
LINK = 0.95
NAMED = 0.9
# A phrase that only looks like a name, or is romanised like it, is less certain than an exact match.
LESS_FOR_FORM = 0.04
ORDINARY = 0.6
LESS_FOR_WEAK = 0.12
FEWEST_INITIALS = 3
LONGEST_INITIALS = 5
PREFIX = 0.85
SOUNDS = 0.82
NEARLY_SOUNDS = 0.72
INSIDE = 0.69
# The query is at least the second half of a name: "mechanical turk".
ENDING = 0.75
HALF = 0.5

SHORTEST_LOOK = 3
SHORTEST_PREFIX = 2
SHORTEST_CONFIDENT_PREFIX = 3
SHORTEST_INSIDE = 4
SHORTEST_FUZZY = 4
SHORTEST_FUZZY_IN_A_SENTENCE = 5
LONGEST_FUZZY = 40
SHORTEST_SOUND = 4
SHORTEST_FOREIGN_SOUND = 3
# How many words before a name a request is recognized: "write me in telegram".
NEAR = 3
SHORTEST_IN_RUN = 2
LONGEST_IN_RUN = 10
# Short names are similar to many words.
SHORT_NAME = 6
LESS_FOR_SHORT = 0.04
# Only the longest words of a sentence are compared with all names.
MOST_FUZZY_WORDS = 4
MOST_PREFIXED = 50
MOST_NEAR = 6


@dataclass(frozen=True)
class Name:
    """A name or link domain of a directory object, with its kind and primary key.

    A `weak` name was derived from another one: its initials, or the first label of its domain. An `ambiguous` one is
    also an ordinary word, or the name of something else. A `scheme` begins links that open an app.
    """

    sort: str
    key: int
    text: str
    domain: bool = False
    weak: bool = False
    ambiguous: bool = False
    scheme: bool = False


@dataclass(frozen=True)
class NameMatch:
    """A name that a query may mean, and the confidence (0 to 1)."""

    name: Name
    score: float


class NameIndex:
    """An index of names by their forms, rebuilt when a name changes."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._folded: dict[str, list[Name]] = defaultdict(list)
        self._looks: dict[str, list[Name]] = defaultdict(list)
        self._romanised: dict[str, list[Name]] = defaultdict(list)
        self._sounds: dict[str, list[Name]] = defaultdict(list)
        self._domains: dict[str, list[Name]] = defaultdict(list)
        self._schemes: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            self._add(name)
        self._sorted = sorted(self._folded)
        # A single string, so that one search finds a substring in all names.
        self._lines = "\n".join(["", *self._sorted, ""])
        by_length: dict[int, set[str]] = defaultdict(set)
        for key in (*self._folded, *self._romanised):
            by_length[len(key)].add(key)
        self._by_length = {length: sorted(keys) for length, keys in by_length.items()}

    def match(self, query: Query) -> list[NameMatch]:
        """Return what the query may mean, best first; each object once, with its best name."""
        found: dict[tuple[str, int], NameMatch] = {}
        for step in (self._certain, self._beginnings, self._slips):
            for match in step(query):
                target = (match.name.sort, match.name.key)
                if target not in found or match.score > found[target].score:
                    found[target] = match
            if found and max(match.score for match in found.values()) >= PREFIX:
                break
        return sorted(found.values(), key=lambda m: (-m.score, len(m.name.text), m.name.text))

    def beginning_with(self, typed: Forms, limit: int) -> list[NameMatch]:
        """Return names that start with the typed text, for suggestions, shortest first."""
        if not typed.folded:
            return []
        keys = self._prefixed(typed.folded, limit * 8)
        found = [NameMatch(name, PREFIX) for key in keys for name in self._folded[key]]
        found.sort(key=lambda match: (len(match.name.text), match.name.text))
        return found[:limit]

    def _add(self, name: Name) -> None:
        if name.scheme:
            self._schemes[name.text].append(name)
            return
        if name.domain:
            self._domains[name.text].append(name)
            label, _, rest = name.text.partition(".")
            # Where a path follows, the domain has other uses: google.com/voice.
            if "." not in rest and "/" not in rest and len(label) >= SHORTEST_FUZZY:
                self._folded[fold(label)].append(Name(name.sort, name.key, name.text, weak=True))
            return
        if len(initials := _initials(name.text)) >= FEWEST_INITIALS:
            self._folded[initials].append(Name(name.sort, name.key, name.text, weak=True))
        has = forms(name.text)
        if has.folded:
            self._folded[has.folded].append(name)
        if len(has.look) >= SHORTEST_LOOK:
            self._looks[has.look].append(name)
        if has.romanised:
            self._romanised[has.romanised].append(name)
        # In other scripts many words sound like an ambiguous name: 飞机 and 卫星.
        if len(has.sound) >= SHORTEST_FOREIGN_SOUND and not (name.ambiguous and not has.folded.isascii()):
            self._sounds[has.sound].append(name)

    def _certain(self, query: Query) -> Iterator[NameMatch]:
        """Yield names that the query equals, contains or links to."""
        yield from self._linked(query)
        yield from self._opened(query)
        yield from self._inside_runs(query)
        for phrase in query.phrases:
            for name, less in self._same(phrase):
                if phrase.whole:
                    yield NameMatch(name, self._whole_score(phrase, less))
                else:
                    yield NameMatch(name, _score_in_sentence(query, phrase, name, less))

    def _inside_runs(self, query: Query) -> Iterator[NameMatch]:
        """Yield names inside text in a script without spaces: `钉钉` in `我们用钉钉聊吧`."""
        for run in query.runs:
            for length in range(SHORTEST_IN_RUN, min(LONGEST_IN_RUN, len(run) - 1) + 1):
                for start in range(len(run) - length + 1):
                    for name in self._folded.get(run[start : start + length], ()):
                        yield NameMatch(name, ORDINARY if name.ambiguous else NAMED + length / 1000)

    def _whole_score(self, phrase: Phrase, less: float) -> float:
        """Return the score of a whole query; low if it only looks like a name but is a common word."""
        if less and is_common(phrase.forms.folded):
            return ORDINARY
        return EXACT - less

    def _same(self, phrase: Phrase) -> Iterator[tuple[Name, float]]:
        """Yield names that share a form with the phrase, and the resulting deduction from the score."""
        has = phrase.forms
        for name in self._folded.get(has.folded, ()):
            if phrase.whole or not name.weak:
                yield name, LESS_FOR_WEAK if name.weak else 0.0
        if len(has.look) >= SHORTEST_LOOK:
            yield from ((name, 1 - SAME_LOOK) for name in self._looks.get(has.look, ()))
        yield from ((name, 1 - SAME_ROMANISED) for name in self._romanised.get(has.romanised, ()))

    def _linked(self, query: Query) -> Iterator[NameMatch]:
        """Yield names by the domain of a pasted link or one of its parent domains."""
        for link in query.links:
            host, _, _ = link.partition("/")
            labels = host.split(".")
            hosts = [".".join(labels[start:]) for start in range(len(labels) - 1)]
            for place, domain in enumerate(dict.fromkeys([link, *hosts])):
                for name in self._domains.get(domain, ()):
                    # A more specific domain is more certain.
                    yield NameMatch(name, LINK + max(0, 4 - place) / 1000)

    def _opened(self, query: Query) -> Iterator[NameMatch]:
        """Yield names by the scheme of a link that opens an app; less sure where it may be a word and a colon."""
        for scheme, is_link in query.schemes:
            sure = is_link or " " not in query.text or not is_common(scheme)
            yield from (NameMatch(name, LINK if sure else ORDINARY) for name in self._schemes.get(scheme, ()))

    def _beginnings(self, query: Query) -> Iterator[NameMatch]:
        """Yield names that start with the query or contain it."""
        typed = query.folded
        if SHORTEST_PREFIX <= len(typed) <= LONGEST_FUZZY:
            for key in self._prefixed(typed, MOST_PREFIXED):
                share = len(typed) / len(key)
                sure = PREFIX * (0.85 + 0.15 * share)
                if len(typed) < SHORTEST_CONFIDENT_PREFIX or (is_common(typed) and share < SURE_SHARE):
                    sure = min(sure, ORDINARY)
                yield from (NameMatch(name, sure) for name in self._folded[key])
        if SHORTEST_INSIDE <= len(typed) <= LONGEST_FUZZY and not is_common(typed):
            for key in self._holding(typed):
                share = len(typed) / len(key)
                sure = INSIDE * (0.8 + 0.2 * share)
                if key.endswith(typed) and share >= HALF:
                    sure = ENDING
                yield from (NameMatch(name, sure) for name in self._folded[key])

    def _holding(self, typed: str) -> Iterator[str]:
        """Yield the first few names that contain `typed`."""
        position = 0
        for _ in range(MOST_PREFIXED):
            position = self._lines.find(typed, position)
            if position < 0:
                return
            start, end = self._lines.rfind("\n", 0, position) + 1, self._lines.find("\n", position)
            yield self._lines[start:end]
            position = end

    def _prefixed(self, typed: str, limit: int) -> list[str]:
        start = bisect_left(self._sorted, typed)
        keys = self._sorted[start : start + limit]
        return [key for key in keys if key.startswith(typed)]

    def _slips(self, query: Query) -> Iterator[NameMatch]:
        """Yield names that are similar to the query, or a word of it, in spelling or sound."""
        for phrase in _worth_comparing(query):
            yield from self._near(phrase)
            yield from self._sounding(phrase)

    def _near(self, phrase: Phrase) -> Iterator[NameMatch]:
        typed = phrase.forms.romanised
        if not SHORTEST_FUZZY <= len(typed) <= LONGEST_FUZZY:
            return
        slips = 1 if len(typed) < 5 else 2 if len(typed) < 10 else 3
        lengths = range(len(typed) - slips, len(typed) + slips + 1)
        near = [
            found
            for length in lengths
            for found in process.extract(
                typed, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=slips, limit=MOST_NEAR
            )
        ]
        # The weighted distance is expensive, so it is computed only for the nearest by plain distance.
        for key, _, _ in heapq.nsmallest(MOST_NEAR, near, key=lambda found: found[1]):
            score = _score_of_slips(phrase, similarity(typed, key))
            yield from (NameMatch(name, score) for name in self._named(key) if score >= POSSIBLE)

    def _sounding(self, phrase: Phrase) -> Iterator[NameMatch]:
        """Yield names that sound the same, written in another script or spelled phonetically."""
        has = phrase.forms
        foreign = not has.folded.isascii()
        if len(has.sound) < (SHORTEST_FOREIGN_SOUND if foreign else SHORTEST_SOUND):
            return
        if foreign:
            yield from self._nearly_sounding(phrase)
        for name in self._sounds.get(has.sound, ()):
            alike = similarity(has.romanised, forms(name.text).romanised)
            score = SOUNDS if foreign else SOUNDS * (0.5 + 0.6 * alike)
            yield NameMatch(name, min(score, SOUNDS if phrase.whole else NAMED))

    def _nearly_sounding(self, phrase: Phrase) -> Iterator[NameMatch]:
        """Yield names that differ from a foreign word by one consonant, scored higher if they are of one object."""
        sound = phrase.forms.sound
        if len(sound) < SHORTEST_SOUND:
            return
        near = [
            name
            for key, named in self._sounds.items()
            if len(key) >= SHORTEST_SOUND and OSA.distance(sound, key, score_cutoff=1) <= 1
            for name in named
        ]
        alone = len({(name.sort, name.key) for name in near}) == 1 and not is_common(phrase.forms.folded)
        yield from (NameMatch(name, NEARLY_SOUNDS if alone and phrase.whole else ORDINARY) for name in near)

    def _named(self, key: str) -> Sequence[Name]:
        return [*self._folded.get(key, ()), *self._romanised.get(key, ())]


def _initials(text: str) -> str:
    """Return the initials of a name of several words, separated by spaces or capitals: `PeoplePerHour` -> `pph`."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", text)
    return "".join(part[0] for part in parts).lower() if len(parts) <= LONGEST_INITIALS else ""


# The share of a name that a common word must cover to match as its beginning.
SURE_SHARE = 0.6


def _score_of_slips(phrase: Phrase, alike: float) -> float:
    """Return the score of a misspelled phrase from its similarity, lower for short and common words."""
    typed = phrase.forms.folded
    if is_common(typed):
        return min(alike, ORDINARY)
    sure = 0.9 * alike if phrase.whole else 0.9 * alike - 0.05
    return sure - LESS_FOR_SHORT if len(typed) < SHORT_NAME else sure


def _worth_comparing(query: Query) -> list[Phrase]:
    """Return the whole query if it is short, and the uncommon words of a sentence, longest first."""
    whole = [phrase for phrase in query.phrases if phrase.whole and phrase.words <= 3]
    words = [
        phrase
        for phrase in query.phrases
        if phrase.words == 1 and not phrase.whole and not is_common(phrase.forms.folded)
    ]
    long_enough = [p for p in words if len(p.forms.romanised) >= SHORTEST_FUZZY_IN_A_SENTENCE]
    long_enough.sort(key=lambda phrase: -len(phrase.forms.romanised))
    return whole + long_enough[:MOST_FUZZY_WORDS]


def _score_in_sentence(query: Query, phrase: Phrase, name: Name, less: float) -> float:
    """Return the score of a phrase that equals a name within a longer query."""
    if _is_everyday(phrase, name) and not _has_cue(query, phrase):
        return ORDINARY
    # A longer name is more specific: "wechat work" scores higher than the "wechat" in it.
    sure = NAMED + min(len(phrase.forms.folded), 20) / 1000
    return sure - LESS_FOR_FORM if less else sure


@lru_cache(maxsize=100_000)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(fold_words(text))


def _is_everyday(phrase: Phrase, name: Name) -> bool:
    """Return whether a phrase consists of common words: "line", "we chat" for WeChat, "text message" for itself.

    So does an ambiguous name. Several words that a name writes with capitals ("Time Doctor") are the name.
    """
    if name.ambiguous:
        return True
    words = _words_of(phrase.text)
    if not all(is_common(word) for word in words):
        return False
    return len(words) == 1 or _words_of(name.text) != words or name.text.islower()


def _has_cue(query: Query, phrase: Phrase) -> bool:
    """Return whether the words around a phrase show that a program is meant."""
    others = query.words[: phrase.start] + query.words[phrase.start + phrase.words :]
    if all(word in QUESTION for word in others):
        return True
    near = query.words[max(0, phrase.start - NEAR) : phrase.start]
    before = query.words[phrase.start - 1] if phrase.start else ""
    after = query.words[phrase.start + phrase.words : phrase.start + phrase.words + 1]
    return before in CUES_BEFORE or bool(set(after) & CUES_AFTER or set(near) & REQUESTS)
