"""How much flags weigh, and when they hide a post until a moderator has looked. Pure.

A flag of somebody new or without an account weighs nothing: it is read, and it hides nothing. Flags that proved right
add weight to their author's next ones, flags that did not take weight away. Something is hidden by at least two
independent people, one of them trusted, whose weights reach the threshold; what a trusted person wrote needs more.
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
    """Who flagged: their level, and what became of their earlier flags."""

    level: TrustLevel
    upheld: int = 0
    turned_down: int = 0


def weight_of(flagger: Flagger) -> float:
    """What a flag of somebody weighs; the share of flags that proved right begins with one right and one wrong."""
    if flagger.level == TrustLevel.NEW:
        return 0.0
    base = OF_TRUSTED if flagger.level in TRUSTED else MEMBER
    share = (flagger.upheld + 1) / (flagger.upheld + flagger.turned_down + 2)
    return base * min(1.0, 2 * share)


def hides(flaggers: Sequence[Flagger], *, author_is_trusted: bool) -> bool:
    """Whether flags of different people hide something until a moderator looks."""
    weights = [weight for flagger in flaggers if (weight := weight_of(flagger)) > 0]
    if len(weights) < FEWEST_PEOPLE or not any(flagger.level in TRUSTED for flagger in flaggers):
        return False
    return sum(weights) >= (HIDES_TRUSTED_FROM if author_is_trusted else HIDES_FROM)
