"""Retry every few milliseconds while another process writes, instead of waiting ever longer.

SQLite's own waiting backs off to a tenth of a second: where several processes write without a pause, one of them can
find the file taken each time that it looks, for longer than any request waits.
"""

import random
import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.db.backends.sqlite3 import base

# Seconds between two looks: different for each, so that waiting writers do not look in step.
_BETWEEN = (0.001, 0.005)
# SQLite's name for "somebody else writes"; the upper bits say more exactly why (https://www.sqlite.org/rescode.html).
_BUSY, _PRIMARY = sqlite3.SQLITE_BUSY, 0xFF

Result = TypeVar("Result")


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections whose writers wait in the way that the module describes, for `OPTIONS["timeout"]` seconds."""

    def get_new_connection(self, conn_params: Any) -> Any:
        """A connection that is set up with SQLite's own waiting, and waits by ours from then on."""
        self._waits = conn_params.get("timeout", 5.0)
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    def create_cursor(self, name: Any = None) -> Any:
        """A cursor that waits."""
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
        """Run a statement; inside a transaction, which has the right to write already, at once or not at all."""
        if self.connection.in_transaction:
            return run()
        until = time.monotonic() + self.waits
        while True:
            try:
                return run()
            except sqlite3.OperationalError as problem:
                if problem.sqlite_errorcode & _PRIMARY != _BUSY or time.monotonic() > until:
                    raise
            time.sleep(random.uniform(*_BETWEEN))  # noqa: S311  (no secret: only not in step)
