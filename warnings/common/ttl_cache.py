"""Cache values that rarely change and that every page needs, per process."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

from django.db import transaction

Value = TypeVar("Value")


class TTLCache(Generic[Value]):
    """A value that is reloaded when it is older than some seconds, or after `forget`.

    Changes by other processes appear after that time. While loading fails, the previous value stays; `instead` is
    used until the first load succeeds.
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
                # Not again at once: a database that is gone is not helped by being asked on every page.
                self._until = self._clock() + min(1.0, self._seconds)
            finally:
                self._lock.release()
        return self._value

    def keep(self, value: Value) -> None:
        """Have a value until it is forgotten."""
        self._value, self._until = value, float("inf")

    def forget(self) -> None:
        """Load the value anew when it is asked for the next time."""
        self._until = float("-inf")

    def forget_with_commit(self) -> None:
        """Load the value anew in this transaction, and again once it is committed."""
        self.forget()
        transaction.on_commit(self.forget)
