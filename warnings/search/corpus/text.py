"""Synthetic text: word frequencies by Zipf's law, realistic lengths, reproducible by seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from search.index.documents import title_labels
from search.terms import index_terms

WORDS = 30_000
SENTENCES = 60_000
TITLES = 60_000
_ONSETS = ("b", "br", "d", "dr", "f", "g", "gr", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "z")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ou")
_CODAS = ("", "", "n", "r", "l", "m", "k", "x")


@dataclass(frozen=True)
class Passage:
    """A piece of text, its index terms, and the sorted labels it has as a title."""

    text: str
    terms: str
    begins: str = ""


class Language:
    """A synthetic language with prepared titles and sentences."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  (nothing secret)
        self.words = self._vocabulary()
        # Zipf's law: the word of rank r is 1/r times as frequent as the first.
        self._weights = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))
        self._terms = {word: " ".join(index_terms(word)) for word in self.words}
        self._labels = {word: title_labels(word) for word in self.words}
        self.titles = [self._title(self._words(self._random.randint(4, 9))) for _ in range(TITLES)]
        self.sentences = [self._sentence(self._words(self._length())) for _ in range(SENTENCES)]

    def _vocabulary(self) -> list[str]:
        words: dict[str, None] = {}
        while len(words) < WORDS:
            syllables = self._random.choices((1, 2, 3), weights=(2, 6, 4))[0]
            words["".join(self._syllable() for _ in range(syllables))] = None
        return sorted(words, key=lambda word: (len(word), word))

    def _syllable(self) -> str:
        choice = self._random.choice
        return choice(_ONSETS) + choice(_VOWELS) + choice(_CODAS)

    def _length(self) -> int:
        """Return a sentence length: about fourteen words, sometimes many more."""
        return max(4, min(45, round(self._random.lognormvariate(2.6, 0.4))))

    def _words(self, length: int) -> list[str]:
        return self._random.choices(self.words, cum_weights=self._weights, k=length)

    def _title(self, words: Sequence[str]) -> Passage:
        labels = {label for word in words for label in self._labels[word]}
        return Passage(_text(words), self._terms_of(words), " ".join(sorted(labels)))

    def _sentence(self, words: Sequence[str]) -> Passage:
        return Passage(_text(words), self._terms_of(words))

    def _terms_of(self, words: Sequence[str]) -> str:
        """Return the terms of the words, which are those of the text: each word is a term by itself."""
        return " ".join([self._terms[word] for word in words])


def _text(words: Sequence[str]) -> str:
    return " ".join(words).capitalize() + "."
