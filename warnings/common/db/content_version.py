"""The version of the public content, which every change of a public table replaces in its own transaction.

On SQLite, triggers write a random number into one row; `PRAGMA data_version` tells without reading it whether there
was any commit. On PostgreSQL, triggers send a notification, so that writers do not wait for one another. It is sent
with the commit, and PostgreSQL delivers all earlier ones before it answers a statement, so one statement brings a
process up to date.
"""

import sqlite3
from importlib import import_module
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from common.db.content_notifications import PostgresVersions

# On which PostgreSQL tells of changes.
CHANNEL = "forewarned_content"
_SELECT = "SELECT version FROM content_version"


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


def content_versions(*, stale: float) -> "SqliteVersions | PostgresVersions":
    """Return what tells the version in the site's database. `stale` is in seconds and for PostgreSQL only."""
    if connection.vendor == "sqlite":
        return SqliteVersions(str(connection.settings_dict["NAME"]))
    parameters = connection.get_connection_params()
    known = {"dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "service"}
    # Not loaded on a site with SQLite, which starts sooner without it.
    notifications = import_module("common.db.content_notifications")
    given = {name: value for name, value in parameters.items() if name in known}
    versions: PostgresVersions = notifications.PostgresVersions(given, stale=stale)
    return versions
