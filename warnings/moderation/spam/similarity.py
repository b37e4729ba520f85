"""Measure how similar a text is to removed texts, in any script, without storing these. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from moderation.spam.texts import UNSPACED, Prepared, prepared

# A signature contains the smallest hashes of a text's shingles (a bottom-k sketch), which estimate how much two texts
# share.
SIGNATURE_SIZE = 128
# Fewer shingles than this are inconclusive: a greeting is no template.
FEWEST_SHINGLES = 4
MOST_SIGNATURES = 2_000
WORDS_OF_SHINGLE, CHARACTERS_OF_SHINGLE = 3, 4
_DIGITS = re.compile(r"\d+")

Signature = tuple[int, ...]


@dataclass(frozen=True)
class Signatures:
    """Signatures of removed texts, of which the last `MOST_SIGNATURES` are used."""

    texts: tuple[Signature, ...] = ()

    @cached_property
    def _holders(self) -> dict[int, list[int]]:
        holders: dict[int, list[int]] = {}
        for position, signature in enumerate(self.texts[-MOST_SIGNATURES:]):
            for value in signature[:SIGNATURE_SIZE]:
                holders.setdefault(value, []).append(position)
        return holders

    def likeness(self, signature: Signature) -> float:
        """Return an estimate of the Jaccard similarity, from 0 to 1, to the most similar known text."""
        if len(signature) < FEWEST_SHINGLES or not self.texts:
            return 0.0
        shared = Counter(position for value in signature for position in self._holders.get(value, ()))
        known = self.texts[-MOST_SIGNATURES:]
        return max((_jaccard(signature, known[position]) for position, _ in shared.most_common(10)), default=0.0)


def signature_of(text: str, title: str = "") -> Signature:
    """Return the signature of a text, to be stored when it is removed. The text cannot be recovered from it."""
    return signature_of_prepared(prepared(text, title))


def signature_of_prepared(ready: Prepared) -> Signature:
    """Return the signature of a prepared text."""
    return tuple(sorted({_hashed(shingle) for shingle in _shingles(ready)})[:SIGNATURE_SIZE])


def _shingles(ready: Prepared) -> Iterable[str]:
    """Yield word 3-grams, and character 4-grams of scripts without spaces.

    All digits become 0, because spam varies its numbers.
    """
    words: list[str] = []
    for word in ready.words:
        if UNSPACED.search(word):
            yield from (
                word[start : start + CHARACTERS_OF_SHINGLE]
                for start in range(max(1, len(word) - CHARACTERS_OF_SHINGLE + 1))
            )
        else:
            words.append(_DIGITS.sub("0", word))
    for start in range(len(words) - WORDS_OF_SHINGLE + 1):
        yield " ".join(words[start : start + WORDS_OF_SHINGLE])


def _jaccard(one: Signature, other: Signature) -> float:
    """Return the share of values in both signatures among the smallest values of their union."""
    both = set(one) & set(other)
    smallest = sorted(set(one) | set(other))[:SIGNATURE_SIZE]
    return sum(value in both for value in smallest) / len(smallest)


def _hashed(shingle: str) -> int:
    return int.from_bytes(blake2b(shingle.encode(), digest_size=6).digest(), "big")
