"""SQLite is set up so that nothing acknowledged is lost, on every connection."""

import sqlite3
import subprocess
import sys
from pathlib import Path

from config import BASE_DIR

PROBE = """
import django; django.setup()
from django.db import connection, transaction
with connection.cursor() as cursor:
    for name in ("journal_mode", "synchronous", "foreign_keys", "mmap_size", "busy_timeout", "wal_autocheckpoint"):
        cursor.execute(f"PRAGMA {name}")
        print(name, cursor.fetchone()[0])
with transaction.atomic():
    print("in transaction", connection.connection.in_transaction)
with connection.cursor() as cursor:
    print("waits", cursor.cursor.waits)
"""


def test_every_connection_has_the_pragmas(tmp_path: Path) -> None:
    """In a process of its own: the test databases are in memory or on PostgreSQL. Waiting is not SQLite's, but ours."""
    environment = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == [
        "journal_mode wal",
        "synchronous 2",
        "foreign_keys 1",
        "mmap_size 0",
        "busy_timeout 0",
        "wal_autocheckpoint 1000",
        "in transaction True",
        "waits 20",
    ], done.stderr


def test_the_library_has_no_wal_reset_bug() -> None:
    assert sqlite3.sqlite_version_info >= (3, 51, 3)
