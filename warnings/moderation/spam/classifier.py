"""Turn features into a score with hints, and learn from decisions. Pure.

The score is the logistic function of the weighted sum of the features, from 0 to 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, sqrt

from django.utils.translation import gettext

from moderation.spam.kinds import Feature
from moderation.spam.phrases import reasons
from moderation.spam.reasons import REASONS
from moderation.spam.weights import BIAS, Weights

# From this score on, a moderator must review a text even if it would otherwise be published at once.
SPAM_THRESHOLD = 0.8
# Smaller contributions to the sum get no hint, which would only distract.
LEAST_HINT = 0.1
RATE = 0.1
# The most that a single decision may change a weight.
MOST_PER_DECISION = 0.1
# Unlearning approximates the earlier weights in this many rounds; each at least halves the error.
ROUNDS = 60

Example = tuple[Sequence[Feature], bool]


@dataclass(frozen=True)
class Hint:
    """A reason for the score: words for a moderator, and its part of the sum (negative if it speaks against spam)."""

    words: str
    weight: float


@dataclass(frozen=True)
class Score:
    """The spam score of a text, from 0 to 1, with its reasons, the heaviest first."""

    total: float
    hints: tuple[Hint, ...]

    @property
    def holds(self) -> bool:
        """Whether a moderator must review the text before it is published."""
        return self.total >= SPAM_THRESHOLD


def score(features: Sequence[Feature], weights: Weights) -> Score:
    """Return the score of the features and its hints. The order of the features does not matter."""
    shares = [(weights.of(each.name) * each.value, each) for each in features]
    hints = [Hint(words_of(each), round(share, 2)) for share, each in shares if abs(share) >= LEAST_HINT]
    total = _logistic(BIAS + fsum(share for share, _ in shares))
    return Score(total, tuple(sorted(hints, key=lambda hint: (-hint.weight, hint.words))))


def words_of(feature: Feature) -> str:
    """Return a sentence about a feature, with the text in which it was found."""
    group = feature.name.removeprefix("phrases_")
    why = gettext(reasons()[group] if group in reasons() else REASONS.get(feature.name, feature.name))
    return f"{why}: “{feature.found}”" if feature.found else why


def learned(weights: Weights, examples: Sequence[Example]) -> Weights:
    """Return the weights after learning from examples of (features of a text, whether it was spam).

    Each example is one step of logistic regression, in order, and changes no weight by more than `MOST_PER_DECISION`.
    """
    for features, spam in examples:
        weights = weights.moved(_steps(weights, features, spam=spam))
    return weights


def unlearned(weights: Weights, examples: Sequence[Example]) -> Weights:
    """Return the weights as if these examples, the last ones learnt, had not been learnt."""
    for features, spam in reversed(examples):
        before = weights
        for _ in range(ROUNDS):
            back = {name: -step for name, step in _steps(before, features, spam=spam).items()}
            before = weights.moved(back)
        weights = before
    return weights


def _steps(weights: Weights, features: Sequence[Feature], *, spam: bool) -> Mapping[str, float]:
    values = {each.name: fsum(other.value for other in features if other.name == each.name) for each in features}
    missed = spam - score(features, weights).total
    # Normalise the step: texts with many features would otherwise teach more than others.
    length = max(1.0, sqrt(fsum(value * value for value in values.values())))
    return {
        name: max(-MOST_PER_DECISION, min(MOST_PER_DECISION, RATE * missed * value * weights.give(name) / length))
        for name, value in values.items()
    }


def _logistic(total: float) -> float:
    return 1 / (1 + exp(-max(-60.0, min(60.0, total))))
