"""What is known of a text beside its words, and what is noticed in it. Pure."""

from dataclasses import dataclass, field

from moderation.spam.similarity import Signatures
from moderation.spam.words import WordCounts

# A hint quotes no more of the text than this.
MOST_QUOTED = 80


@dataclass(frozen=True)
class Context:
    """What is known when a text comes in.

    `account_days` is None without an account; `sent_lately` counts what the same person sent within the last hour,
    this text not included; `names` are folded names of tools, tactics and marketplaces; `known` are signatures of
    removed texts, `words` what was counted in earlier decisions.
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
    """One thing noticed: its name in the table of weights, how much of it, and the text in which it was found."""

    name: str
    value: float
    found: str = ""


def feature(name: str, value: float, found: str = "") -> list[Feature]:
    """The feature in a list of its own, or no feature when there is nothing of it."""
    quoted = " ".join(found.split())
    return [Feature(name, value, quoted[:MOST_QUOTED])] if value else []
