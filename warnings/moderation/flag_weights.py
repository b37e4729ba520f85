"""How much flags weigh, and when they hide a post until a moderator reviews it. Pure.

A flag of a new user or without an account has no weight: moderators see it, but it hides nothing. Upheld flags add
weight to their author's next ones, rejected flags reduce it. A post is hidden by at least two independent people, one
of them trusted, whose weights reach the threshold; a post by a trusted author needs more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.choices import TrustLevel
from accounts.permissions import TRUSTED

MEMBER, OF_TRUSTED = 1.0, 2.0
HIDES_FROM, HIDES_TRUSTED_FROM = 3.0, 5.0
FEWEST_PEOPLE = 2


@dataclass(frozen=True)
class Flagger:
    """The trust level of a flagger, and the outcome of their earlier flags."""

    level: TrustLevel
    upheld: int = 0
    turned_down: int = 0


def weight_of(flagger: Flagger) -> float:
    """Return the weight of a person's flag. The share of upheld flags starts from one upheld and one rejected."""
    if flagger.level == TrustLevel.NEW:
        return 0.0
    base = OF_TRUSTED if flagger.level in TRUSTED else MEMBER
    share = (flagger.upheld + 1) / (flagger.upheld + flagger.turned_down + 2)
    return base * min(1.0, 2 * share)


def hides(flaggers: Sequence[Flagger], *, author_is_trusted: bool) -> bool:
    """Return whether the flags of different people hide a post until a moderator reviews it."""
    weights = [weight for flagger in flaggers if (weight := weight_of(flagger)) > 0]
    if len(weights) < FEWEST_PEOPLE or not any(flagger.level in TRUSTED for flagger in flaggers):
        return False
    return sum(weights) >= (HIDES_TRUSTED_FROM if author_is_trusted else HIDES_FROM)
