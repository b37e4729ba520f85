"""Liveness (`/healthz`) and readiness (`/readyz`) checks."""

import shutil
import sqlite3
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import ngettext

from common.checks import SAFE_SQLITE
from common.db.migrations import pending_migrations
from pages import warm_up
from search.rebuild import is_built

# Below this, a commit may fail at any time, so take the site out of service while reading still works.
MINIMUM_FREE_BYTES = 200_000_000


def readiness() -> dict[str, str]:
    """Return the state of each part: `ok`, possibly with details, or what is wrong."""
    parts: dict[str, Callable[[], str]] = {
        "database": _database,
        "migrations": _migrations,
        "index": _index,
        "start": _start,
        "disk": _disk,
    }
    return {name: _state(check) for name, check in parts.items()}


def is_ready(parts: dict[str, str]) -> bool:
    """Return whether every part is ok."""
    return all(state.startswith("ok") for state in parts.values())


def _state(check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, OSError) as error:
        # Show the type of the error only: its text can contain host names and addresses.
        return f"failed: {type(error).__name__}"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if connection.vendor == "sqlite":
        safe = "" if sqlite3.sqlite_version_info >= SAFE_SQLITE else ", older than the first safe version"
        return f"ok: SQLite {sqlite3.sqlite_version}{safe}"
    return f"ok: PostgreSQL {connection.pg_version // 10_000}" if hasattr(connection, "pg_version") else "ok"


def _migrations() -> str:
    count = len(pending_migrations(connection))
    return (
        ngettext("failed: %d migration is not applied", "failed: %d migrations are not applied", count) % count
        if count
        else "ok"
    )


def _index() -> str:
    return "ok" if is_built() else "failed: the search index is not built (manage.py rebuild_search)"


def _start() -> str:
    return "ok" if warm_up.is_done() else "waiting: the search is being loaded"


def _disk() -> str:
    free = shutil.disk_usage(settings.DATA_DIR).free
    return "ok" if free >= MINIMUM_FREE_BYTES else f"failed: only {free // 1_000_000} MB free"
