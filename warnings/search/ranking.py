"""Rank candidates by how well they answer the query. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.fulltext import Candidate
from search.index.rank_key import quality_of

# How much a word weighs by where it stands; what is in none of these is in the body.
TITLE, NAMES, SUMMARY, BODY = 4.0, 3.0, 2.0, 1.0
SAME_THING = 0.65
IN_THE_BODY = 0.8
_FIELD_WEIGHTS = (TITLE, NAMES, SUMMARY)
# The best quality multiplies a score by one plus this.
QUALITY_SHARE = 0.5
_BEST_QUALITY = 1023


@dataclass(frozen=True)
class Group:
    """A word of the query: its terms, itself first, and the approximate number of documents that contain it."""

    terms: tuple[str, ...]
    frequency: int


@dataclass(frozen=True)
class Ranked:
    """A candidate with its score, how much of the query's weight it answers (0 to 1), and how many of its words."""

    candidate: Candidate
    score: float
    coverage: float
    answered: int


def rank(
    found: Mapping[int, tuple[Candidate, frozenset[int]]], groups: Sequence[Group], documents: int
) -> list[Ranked]:
    """Order candidates, best first. `found` maps a place to its candidate and the groups that it answers."""
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
    """The inverse document frequency as BM25 has it, never below zero."""
    return math.log(1 + (max(documents, frequency) - frequency + 0.5) / (frequency + 0.5))


def _answer(terms: Sequence[str], fields: Sequence[frozenset[str]]) -> tuple[float, float]:
    """How well a document answers a word that it holds: the weight of the best field, and how much of it counts.

    A word for the same thing counts for less; so does one in the body, of which is not known which it was.
    """
    for weight, field in zip(_FIELD_WEIGHTS, fields, strict=True):
        if terms[0] in field:
            return weight, 1.0
    for weight, field in zip(_FIELD_WEIGHTS, fields, strict=True):
        if not field.isdisjoint(terms):
            return weight, SAME_THING
    return BODY, IN_THE_BODY if len(terms) > 1 else 1.0
