"""Cache values per process that rarely change and that every page needs."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

from django.db import transaction

Value = TypeVar("Value")


class TTLCache(Generic[Value]):
    """A value that is reloaded after some seconds, or after `clear`.

    Changes by other processes appear after that time. While loading fails, the previous value is used, and `instead`
    before the first successful load.
    """

    def __init__(
        self,
        load: Callable[[], Value],
        *,
        seconds: float,
        instead: Value,
        failures: tuple[type[Exception], ...],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._load, self._seconds, self._failures, self._clock = load, seconds, failures, clock
        self._value, self._until = instead, float("-inf")
        self._lock = Lock()

    def get(self) -> Value:
        """Return the value. One thread reloads it; the others get the previous value meanwhile."""
        if self._clock() >= self._until and self._lock.acquire(blocking=False):
            try:
                self._value = self._load()
                self._until = self._clock() + self._seconds
            except self._failures:
                # Do not retry at once: queries on every page would not help a failing database.
                self._until = self._clock() + min(1.0, self._seconds)
            finally:
                self._lock.release()
        return self._value

    def set(self, value: Value) -> None:
        """Set the value, without expiry."""
        self._value, self._until = value, float("inf")

    def clear(self) -> None:
        """Reload the value on the next access."""
        self._until = float("-inf")

    def clear_on_commit(self) -> None:
        """Reload the value on the next access, and again after the transaction commits."""
        self.clear()
        transaction.on_commit(self.clear)
