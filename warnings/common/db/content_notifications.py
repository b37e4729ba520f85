"""The version of the public content on PostgreSQL, which tells of each change with a notification."""

import asyncio
import time
from typing import Any

import psycopg

from common.db.content_version import CHANNEL

# Seconds that a connection may take to be made, and a statement to answer; and between two attempts to connect.
_CONNECT, _ANSWER, _RETRY = 2, 1.0, 0.5


class PostgresVersions:
    """Counts notifications. May be `stale` seconds behind, but never behind what this process changed."""

    def __init__(self, parameters: dict[str, Any], *, stale: float) -> None:
        self.parameters, self.stale = parameters, stale
        self.connection: psycopg.AsyncConnection[Any] | None = None
        self.version = 0
        # Until when the version need not be asked for, and no connection be tried, by the monotonic clock.
        self.good_until = self.retry_at = 0.0
        self.changes = 0
        self.lock: asyncio.Lock | None = None

    async def current(self) -> int | None:
        """Return the version, or None while there is no connection."""
        asked_at = time.monotonic()
        if asked_at < self.good_until:
            return self.version
        if self.lock is None:
            self.lock = asyncio.Lock()
        if self.connection is None and (self.lock.locked() or asked_at < self.retry_at):
            return None
        async with self.lock:
            return await self._catch_up(asked_at)

    def known(self) -> int | None:
        """Return the version if it need not be asked for."""
        return self.version if time.monotonic() < self.good_until else None

    def changed(self) -> None:
        """Ask again before the next page is sent, even if an answer is on its way."""
        self.good_until = 0.0
        self.changes += 1

    async def _catch_up(self, asked_at: float) -> int | None:
        begun, changes = time.monotonic(), self.changes
        if self.good_until > asked_at + self.stale:
            # Another request asked after this one had come.
            return self.version
        try:
            if self.connection is None:
                self.connection = await self._connected()
                self.version += 1
            async with asyncio.timeout(_ANSWER):
                await self.connection.execute("SELECT 1")
        except (psycopg.Error, OSError, TimeoutError):
            await self._lose()
            return None
        if self.changes == changes:
            self.good_until = begun + self.stale
        return self.version

    async def _connected(self) -> psycopg.AsyncConnection[Any]:
        made = await psycopg.AsyncConnection.connect(
            **self.parameters, autocommit=True, connect_timeout=_CONNECT, application_name="forewarned pages"
        )
        made.add_notify_handler(self._count)
        await made.execute(f"LISTEN {CHANNEL}")
        return made

    def _count(self, notification: psycopg.Notify) -> None:
        self.version += 1

    async def _lose(self) -> None:
        lost, self.connection = self.connection, None
        self.good_until, self.retry_at = 0.0, time.monotonic() + _RETRY
        if lost is not None:
            await lost.close()
