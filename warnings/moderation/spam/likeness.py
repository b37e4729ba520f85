"""How like two texts are by the pieces that they share: overlapping runs of letters, whatever the language. Pure."""

import hashlib
from collections.abc import Iterable

from common.folding import fold

RUN, KEPT = 9, 64


def signature_of(text: str) -> list[int]:
    """The smallest hashes of a text's runs of folded letters: texts that share most runs share most of these."""
    folded = fold(text[:20_000])
    runs = {folded[start : start + RUN] for start in range(max(1, len(folded) - RUN + 1))} if folded else set()
    hashes = (int.from_bytes(hashlib.blake2b(run.encode(), digest_size=6).digest()) for run in runs)
    return sorted(hashes)[:KEPT]


def likeness(one: Iterable[int], other: Iterable[int]) -> float:
    """The share of runs that two texts have in common, estimated from their signatures; 0 to 1."""
    left, right = set(one), set(other)
    smallest = sorted(left | right)[:KEPT]
    return sum(value in left and value in right for value in smallest) / len(smallest) if smallest else 0.0
