"""Let one process at a time prepare a database, when several machines start together."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

# An arbitrary key for PostgreSQL's advisory lock on preparing the database.
PREPARING = 7_103_442
_PAUSE = 0.2  # Seconds.


@contextmanager
def one_at_a_time(connection: BaseDatabaseWrapper, key: int = PREPARING) -> Iterator[None]:
    """Wait until no other process is in here with the same database and key. On SQLite, wait for nothing.

    The lock belongs to a transaction on a connection of its own, so that it also holds through a pooler and ends with
    the process, whatever transactions the caller makes.
    """
    if connection.vendor != "postgresql":
        yield
        return
    other = connection.copy()
    try:
        other.set_autocommit(False)
        while not _locked(other, key):
            time.sleep(_PAUSE)
        yield
    finally:
        other.close()


def _locked(connection: BaseDatabaseWrapper, key: int) -> bool:
    # A statement that waits would hold a snapshot, and an index that is made concurrently waits for its end.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key])
        return bool(cursor.fetchone()[0])
