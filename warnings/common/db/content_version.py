"""The version of the public content, which every change of a public table replaces in its own transaction.

On SQLite, triggers write a random number into one row; `PRAGMA data_version` tells without reading it whether there
was any commit. On PostgreSQL, triggers send a notification, so that writers do not wait for one another. It is sent
with the commit, and PostgreSQL delivers all earlier ones before it answers a statement, so one statement brings a
process up to date.
"""

import asyncio
import sqlite3
import time
from typing import Any

import psycopg
from django.db import connection

CHANNEL = "forewarned_content"
_SELECT = "SELECT version FROM content_version"
# Seconds that a connection may take to be made, and a statement to answer; and between two attempts to connect.
_CONNECT, _ANSWER, _RETRY = 2, 1.0, 0.5


class SqliteVersions:
    """Reads the version with a connection that never writes."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.connection: sqlite3.Connection | None = None
        self.seen = -1
        self.version = 0

    async def current(self) -> int | None:
        """Return the version, or None if the database cannot be read now."""
        return self.known()

    def known(self) -> int | None:
        """Return the same: a local file keeps nobody waiting."""
        try:
            if self.connection is None:
                self.connection = sqlite3.connect(self.path, timeout=0, isolation_level=None, check_same_thread=False)
                self.connection.execute("PRAGMA query_only=ON")
            seen = self.connection.execute("PRAGMA data_version").fetchone()[0]
            if seen != self.seen:
                self.version = self.connection.execute(_SELECT).fetchone()[0]
                self.seen = seen
        except sqlite3.Error:
            self._lose()
            return None
        return self.version

    def _lose(self) -> None:
        """Open the database again for the next request; what is wrong may be the connection."""
        self.seen = -1
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def changed(self) -> None:
        """Do nothing: every commit is seen at once."""


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


def content_versions(*, stale: float) -> SqliteVersions | PostgresVersions:
    """Return what tells the version in the site's database. `stale` is in seconds and for PostgreSQL only."""
    if connection.vendor == "sqlite":
        return SqliteVersions(str(connection.settings_dict["NAME"]))
    parameters = connection.get_connection_params()
    known = {"dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "service"}
    return PostgresVersions({name: value for name, value in parameters.items() if name in known}, stale=stale)
