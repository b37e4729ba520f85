"""System checks for mistakes that would otherwise show up much later."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connection

APPS_DIR = Path(__file__).resolve().parents[1]
# The first SQLite without the WAL-reset bug, which can corrupt the file when two connections write.
SAFE_SQLITE = (3, 51, 3)


def apps_folder_is_not_a_package(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that `warnings/` is no package, which could shadow the standard library's `warnings`."""
    marker = APPS_DIR / "__init__.py"
    if not marker.exists():
        return []
    return [
        Error(
            f"{marker.parent.name}/__init__.py exists and can hide Python's own 'warnings' module.",
            hint="Delete it: the folder is on the import path, its apps import as 'directory', 'reports' ...",
            id="forewarned.E001",
        )
    ]


def sqlite_is_safe_for_this_many_processes(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse several web processes on an SQLite that two writers can corrupt."""
    if connection.vendor != "sqlite" or settings.WEB_PROCESSES == 1 or sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return []
    return [
        Error(
            f"WEB_PROCESSES is {settings.WEB_PROCESSES} and SQLite is {sqlite3.sqlite_version}, which can corrupt "
            f"the database when two processes write; {'.'.join(map(str, SAFE_SQLITE))} is the first that cannot.",
            hint="Set WEB_PROCESSES=1, install the pinned requirements, or use PostgreSQL (DATABASE_URL).",
            id="forewarned.E002",
        )
    ]
