"""How much a text looks like spam, and why: it orders the queue and hints, and decides nothing. Pure."""

from moderation.spam.features import features_of
from moderation.spam.kinds import Context, Feature
from moderation.spam.likeness import Signatures
from moderation.spam.scoring import HOLD, Hint, Score, score
from moderation.spam.weights import Weights
from moderation.spam.words import WordCounts

__all__ = [
    "HOLD",
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
