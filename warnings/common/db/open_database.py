"""Keep an SQLite database open, so that it can be read on a full or read-only disk.

SQLite deletes its write-ahead log when the last connection closes, and creates it again for the next one, which needs
room on the disk. Connections of requests are short; this one stays, does nothing and locks nothing.
"""

import sqlite3

from django.db import connection

_open: list[sqlite3.Connection] = []


def keep_open() -> None:
    """Open the database once more, for as long as this process lives."""
    if connection.vendor != "sqlite":
        return
    kept = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False)
    kept.execute("PRAGMA journal_mode=WAL")
    kept.execute("SELECT count(*) FROM sqlite_master").fetchone()
    _open.append(kept)
