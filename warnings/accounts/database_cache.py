"""A cache backend in the database, with JSON values that survive a restart and are shared by processes.

`incr` is a single statement, so that a limit of N admits exactly N concurrent requests. If the host sets CACHE_URL,
Redis is used instead.
"""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection, transaction

NEVER = 2.0**53
# Every so many writes, delete expired values.
TIDY_EVERY = 50
_TABLE = "accounts_keptvalue"


class DatabaseCache(BaseCache):
    """A cache with one database row per key."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._writes = 0

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value of a key, or the default."""
        row = self._rows().filter(key=self._key(key, version), expires_at__gt=time.time()).first()
        return default if row is None else json.loads(row.value)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """Return the values of those keys that have one, with a single query."""
        names = {self._key(key, version): key for key in keys}
        rows = self._rows().filter(key__in=names, expires_at__gt=time.time())
        return {names[row.key]: json.loads(row.value) for row in rows}

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Store a value for `timeout` seconds."""
        with _cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_TABLE} (key, value, expires_at) VALUES (%s, %s, %s)"  # noqa: S608  (our own name)
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at",
                [self._key(key, version), json.dumps(value), self._expiry(timeout)],
            )
        self._tidy()

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store a value unless the key has one; return whether it was stored. Of concurrent calls, one succeeds."""
        with _cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {_TABLE} (key, value, expires_at) VALUES (%s, %s, %s)"  # noqa: S608  (our own name)
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at"
                f" WHERE {_TABLE}.expires_at <= %s",
                [self._key(key, version), json.dumps(value), self._expiry(timeout), time.time()],
            )
            added = bool(cursor.rowcount == 1)
        self._tidy()
        return added

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number and return the sum. Raises ValueError if the key has no value."""
        with _cursor() as cursor:
            cursor.execute(
                f"UPDATE {_TABLE} SET value = CAST(CAST(value AS bigint) + %s AS text)"  # noqa: S608  (our own name)
                " WHERE key = %s AND expires_at > %s RETURNING value",
                [delta, self._key(key, version), time.time()],
            )
            row = cursor.fetchone()
        if row is None:
            raise ValueError(f"Key {key!r} not found")
        return int(row[0])

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Extend the lifetime of a value; return whether there was one."""
        rows = self._rows().filter(key=self._key(key, version), expires_at__gt=time.time())
        return bool(rows.update(expires_at=self._expiry(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Delete a key; return whether it existed."""
        return bool(self._rows().filter(key=self._key(key, version)).delete()[0])

    def has_key(self, key: str, version: int | None = None) -> bool:
        """Return whether a key has a value."""
        return bool(self._rows().filter(key=self._key(key, version), expires_at__gt=time.time()).exists())

    def clear(self) -> None:
        """Delete all values."""
        self._rows().all().delete()

    def _rows(self) -> Any:
        return apps.get_model("accounts", "CacheEntry")._default_manager

    def _key(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _expiry(self, timeout: Any) -> float:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return NEVER if seconds is None else time.time() + seconds

    def _tidy(self) -> None:
        self._writes += 1
        if self._writes % TIDY_EVERY == 0:
            self._rows().filter(expires_at__lte=time.time()).delete()


@contextmanager
def _cursor() -> Iterator[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor
