"""Retry every few milliseconds while another process writes, instead of backing off.

SQLite's own busy handler backs off to a tenth of a second. If several processes write continuously, one of them can
find the database locked at each attempt, until its request times out.
"""

import random
import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.db.backends.sqlite3 import base

# Seconds between attempts, randomised so that waiting writers do not retry in step.
_BETWEEN = (0.001, 0.005)
# The result code for a database that another connection is writing to. The upper bits are an extended code
# (https://www.sqlite.org/rescode.html).
_BUSY, _PRIMARY = sqlite3.SQLITE_BUSY, 0xFF

Result = TypeVar("Result")


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections that retry for `OPTIONS["timeout"]` seconds, as the module describes."""

    def get_new_connection(self, conn_params: Any) -> Any:
        """Return a connection that is set up with SQLite's busy handler and then retries by itself."""
        self._waits = conn_params.get("timeout", 5.0)
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    def create_cursor(self, name: Any = None) -> Any:
        """Return a cursor that retries."""
        cursor = self.connection.cursor(factory=_RetryingCursor)
        cursor.waits = self._waits
        return cursor


class _RetryingCursor(base.SQLiteCursorWrapper):
    waits: float

    def execute(self, query: str, params: Any = None) -> Any:
        return self._patiently(lambda: super(_RetryingCursor, self).execute(query, params))

    def executemany(self, query: str, param_list: Any) -> Any:
        rows = list(param_list)
        return self._patiently(lambda: super(_RetryingCursor, self).executemany(query, rows))

    def _patiently(self, run: Callable[[], Result]) -> Result:
        """Run a statement, and retry if the database is busy.

        Inside a transaction, which already has the write lock, run it once.
        """
        if self.connection.in_transaction:
            return run()
        until = time.monotonic() + self.waits
        while True:
            try:
                return run()
            except sqlite3.OperationalError as problem:
                if problem.sqlite_errorcode & _PRIMARY != _BUSY or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(*_BETWEEN))  # noqa: S311  (not a secret)
