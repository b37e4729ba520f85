"""Counters of one process, for when they cannot be stored. Pure."""

from threading import Lock


class MemoryCounts:
    """Counts by key, each until a time; of too many, the oldest are forgotten."""

    def __init__(self, most_keys: int = 10_000) -> None:
        self._most_keys = most_keys
        self._counts: dict[str, tuple[int, float]] = {}
        self._lock = Lock()

    def add(self, key: str, *, until: float, times: int = 1) -> int:
        """Count `times` and return the sum."""
        with self._lock:
            number, until = self._counts.pop(key, (0, until))
            while len(self._counts) >= self._most_keys:
                del self._counts[next(iter(self._counts))]
            self._counts[key] = number + times, until
            return number + times

    def get(self, key: str, *, now: float) -> int:
        """Return the sum, or 0 after its time."""
        with self._lock:
            number, until = self._counts.get(key, (0, now))
            return number if now < until else 0

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._counts.clear()
