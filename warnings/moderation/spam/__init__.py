"""Score how much a text looks like spam, with reasons. Scores order the queue and decide nothing. Pure."""

from moderation.spam.classifier import SPAM_THRESHOLD, Hint, Score, score
from moderation.spam.features import features_of
from moderation.spam.kinds import Context, Feature
from moderation.spam.similarity import Signatures
from moderation.spam.weights import Weights
from moderation.spam.words import WordCounts

__all__ = [
    "SPAM_THRESHOLD",
    "Context",
    "Feature",
    "Hint",
    "Score",
    "Signatures",
    "Weights",
    "WordCounts",
    "features_of",
    "score",
]
