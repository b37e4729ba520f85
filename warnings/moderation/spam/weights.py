"""The weight of each feature: its initial value and what was learnt. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite, tanh
from types import MappingProxyType
from typing import Any, Self

# The sum for a text without features.
BIAS = -3.0
# Learning changes a weight by less than this, however many decisions there are.
FURTHEST = 1.5

START: Mapping[str, float] = MappingProxyType(
    {
        "anonymous": 0.1,
        "new_account": 0.2,
        "burst": 0.6,
        "disposable_mail": 0.8,
        "links": 0.2,
        "shortened_links": 0.4,
        "disguised_links": 0.5,
        "markup_links": 2.5,
        "labelled_links": 1.5,
        "invite_links": 2.5,
        "link_density": 1.0,
        "phrases_gambling": 2.5,
        "phrases_recovery": 2.0,
        "phrases_helpline": 2.0,
        "phrases_essays": 2.0,
        "phrases_accounts": 2.5,
        "phrases_seo": 2.0,
        "phrases_lending": 2.0,
        "phrases_easy_money": 2.0,
        "phrases_investing": 2.0,
        "phrases_pills": 2.0,
        "phrases_papers": 2.0,
        "phrases_spells": 2.0,
        "phrases_praise": 2.5,
        "phrases_invitation": 1.5,
        "phrases_sales": 2.4,
        "phrases_told": -3.0,
        "offer_with_contact": 2.0,
        "offer_with_link": 2.0,
        "reach_untold": 2.4,
        "like_removed": 5.0,
        "words_seen": 2.0,
        "hidden_signs": 1.5,
        "masked_words": 2.0,
        "spaced_letters": 2.0,
        "spinning": 2.5,
        "repeated_signs": 0.2,
        "symbols": 0.5,
        "capitals": 0.3,
        "tiny": 0.5,
        "unrelated": 0.5,
        "known_name": -1.0,
    }
)


@dataclass(frozen=True)
class Weights:
    """The initial weights and a learnt number for each feature, initially 0."""

    learnt: Mapping[str, float] = field(default_factory=dict)

    def of(self, name: str) -> float:
        """Return the weight of a feature, 0 if it is unknown."""
        return START[name] + FURTHEST * tanh(self.learnt.get(name, 0.0) / FURTHEST) if name in START else 0.0

    def give(self, name: str) -> float:
        """Return how much a weight can still change: 1 initially, less the further it has moved, never 0."""
        return 1 - tanh(self.learnt.get(name, 0.0) / FURTHEST) ** 2

    def moved(self, steps: Mapping[str, float]) -> Self:
        """Return weights with these steps added to the learnt numbers."""
        names = set(self.learnt) | (set(steps) & set(START))
        return type(self)({name: self.learnt.get(name, 0.0) + steps.get(name, 0.0) for name in sorted(names)})

    def to_json(self) -> dict[str, Any]:
        """Return the learnt numbers as JSON-compatible values."""
        return {"learnt": dict(self.learnt)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return weights from the output of `to_json`; ignore unknown features and values that are not finite."""
        learnt = {name: float(value) for name, value in stored.get("learnt", {}).items() if name in START}
        return cls({name: value for name, value in learnt.items() if isfinite(value)})
