"""From features to one number and to hints in plain words, and how decisions teach. Pure.

The number is the logistic function of the weighted sum, 0 to 1. It orders the queue; people decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, sqrt

from django.utils.translation import gettext

from moderation.spam.kinds import Feature
from moderation.spam.phrases import reasons
from moderation.spam.reasons import REASONS
from moderation.spam.weights import BIAS, Weights

# From here on a text waits for a moderator even where others would be published at once.
SPAM_THRESHOLD = 0.8
# A hint for what moves the sum by less would only distract.
LEAST_HINT = 0.1
RATE = 0.1
# No single decision moves any weight by more.
MOST_PER_DECISION = 0.1
# Going back finds the weights of before by this many rounds, each of which halves what is missing at least.
ROUNDS = 60

Example = tuple[Sequence[Feature], bool]


@dataclass(frozen=True)
class Hint:
    """Why: words for a moderator, and how much it added to the sum (below 0: it speaks against spam)."""

    words: str
    weight: float


@dataclass(frozen=True)
class Score:
    """How much a text looks like spam, 0 to 1, and why, the heaviest reason first."""

    total: float
    hints: tuple[Hint, ...]

    @property
    def holds(self) -> bool:
        """Whether a moderator should see the text before others do."""
        return self.total >= SPAM_THRESHOLD


def score(features: Sequence[Feature], weights: Weights) -> Score:
    """The number and its hints. The order of features does not matter."""
    shares = [(weights.of(each.name) * each.value, each) for each in features]
    hints = [Hint(words_of(each), round(share, 2)) for share, each in shares if abs(share) >= LEAST_HINT]
    total = _logistic(BIAS + fsum(share for share, _ in shares))
    return Score(total, tuple(sorted(hints, key=lambda hint: (-hint.weight, hint.words))))


def words_of(feature: Feature) -> str:
    """What was noticed, in a sentence with the text in which it was found."""
    group = feature.name.removeprefix("phrases_")
    why = gettext(reasons()[group] if group in reasons() else REASONS.get(feature.name, feature.name))
    return f"{why}: “{feature.found}”" if feature.found else why


def learned(weights: Weights, examples: Sequence[Example]) -> Weights:
    """The weights after decisions: each example is the features of a text and whether it was spam.

    One step of logistic regression for each, in order; no step moves any weight by more than MOST_PER_DECISION.
    """
    for features, spam in examples:
        weights = weights.moved(_steps(weights, features, spam=spam))
    return weights


def unlearned(weights: Weights, examples: Sequence[Example]) -> Weights:
    """The weights as if the examples, the last ones learnt, had not been: for decisions that were reversed."""
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
    # Texts with many features would teach more than others: the length of the step is the same for all.
    length = max(1.0, sqrt(fsum(value * value for value in values.values())))
    return {
        name: max(-MOST_PER_DECISION, min(MOST_PER_DECISION, RATE * missed * value * weights.give(name) / length))
        for name, value in values.items()
    }


def _logistic(total: float) -> float:
    return 1 / (1 + exp(-max(-60.0, min(60.0, total))))
