"""How the benchmarks measure: processor time, the best of several turns, always beside a reference."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the results: what was measured, against what, the ratio, and what it should be."""

    what: str
    against: str
    ratio: float
    limit: str
    kept: bool


def cost(work: Callable[[], object], *, turns: int = 5, repeat: int = 1) -> float:
    """Seconds of processor time that one call of `work` takes: the best of `turns`, each of `repeat` calls."""
    best = float("inf")
    for _ in range(turns):
        start = time.process_time()
        for _ in range(repeat):
            work()
        best = min(best, (time.process_time() - start) / repeat)
    return best


def at_most(what: str, against: str, ratio: float, limit: float) -> Row:
    """A ratio that should not be larger than `limit`."""
    return Row(what, against, ratio, f"at most {limit:g}", ratio <= limit)


def at_least(what: str, against: str, ratio: float, limit: float) -> Row:
    """A ratio that should not be smaller than `limit`."""
    return Row(what, against, ratio, f"at least {limit:g}", ratio >= limit)
