"""Rank candidates by how well they answer the query. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.fulltext import Candidate
from search.index.rank_key import quality_of

# Weights of a word by field; a word in none of the first three is in the body.
TITLE, NAMES, SUMMARY, BODY = 4.0, 3.0, 2.0, 1.0
SAME_THING = 0.65
IN_THE_BODY = 0.8
_FIELD_WEIGHTS = (TITLE, NAMES, SUMMARY)
# The highest quality multiplies a score by one plus this.
QUALITY_SHARE = 0.5
_BEST_QUALITY = 1023


@dataclass(frozen=True)
class Group:
    """A word of the query: its terms, itself first, and the approximate number of documents that contain it."""

    terms: tuple[str, ...]
    frequency: int


@dataclass(frozen=True)
class Ranked:
    """A candidate with its score, the share of the query's weight (0 to 1) and the number of words it matches."""

    candidate: Candidate
    score: float
    coverage: float
    answered: int


def rank(
    found: Mapping[int, tuple[Candidate, frozenset[int]]], groups: Sequence[Group], documents: int
) -> list[Ranked]:
    """Return candidates, best first. `found` maps a place to its candidate and the groups that it matches."""
    weights = [_rarity(group.frequency, documents) for group in groups]
    whole = sum(weights) or 1.0
    ranked = []
    for candidate, answered in found.values():
        fields = [frozenset(line.split()) for line in candidate.fields]
        score = coverage = 0.0
        for number in answered:
            field_weight, share = _answer(groups[number].terms, fields)
            score += weights[number] * field_weight * share
            coverage += weights[number] * share
        coverage /= whole
        quality = 1 + QUALITY_SHARE * quality_of(candidate.place) / _BEST_QUALITY
        ranked.append(Ranked(candidate, score * coverage * quality, coverage, len(answered)))
    ranked.sort(key=lambda row: (-row.score, -row.candidate.place))
    return ranked


def _rarity(frequency: int, documents: int) -> float:
    """Return the inverse document frequency as in BM25, at least zero."""
    return math.log(1 + (max(documents, frequency) - frequency + 0.5) / (frequency + 0.5))


def _answer(terms: Sequence[str], fields: Sequence[frozenset[str]]) -> tuple[float, float]:
    """Return the weight of the best field that has a word, and the share of it that counts.

    Synonyms count less; so do words in the body if they have synonyms, since it is not known which one matched.
    """
    for weight, field in zip(_FIELD_WEIGHTS, fields, strict=True):
        if terms[0] in field:
            return weight, 1.0
    for weight, field in zip(_FIELD_WEIGHTS, fields, strict=True):
        if not field.isdisjoint(terms):
            return weight, SAME_THING
    return BODY, IN_THE_BODY if len(terms) > 1 else 1.0
