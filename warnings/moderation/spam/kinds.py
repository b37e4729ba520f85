"""The input and output types of feature extraction. Pure."""

from dataclasses import dataclass, field

from moderation.spam.similarity import Signatures
from moderation.spam.words import WordCounts

# The longest quotation from the text in a hint.
MOST_QUOTED = 80


@dataclass(frozen=True)
class Context:
    """The data about a submission besides its text.

    `account_days` is None without an account. `sent_lately` counts the author's other posts within the last hour.
    `names` are folded names of tools, tactics and marketplaces, `known` the signatures of removed texts, and `words`
    the word counts from earlier decisions.
    """

    anonymous: bool = False
    account_days: int | None = None
    sent_lately: int = 0
    email_domain: str = ""
    known: Signatures = field(default_factory=Signatures)
    words: WordCounts = field(default_factory=WordCounts)
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Feature:
    """A feature of a text: its name in the table of weights, its strength, and the passage it was found in."""

    name: str
    value: float
    found: str = ""


def feature(name: str, value: float, found: str = "") -> list[Feature]:
    """Return a list with the feature, or an empty list if its value is 0."""
    quoted = " ".join(found.split())
    return [Feature(name, value, quoted[:MOST_QUOTED])] if value else []
