"""Refuse commands on a site that was never prepared, before the settings or a connection create anything."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

from config.environment import WrongSetting, database_settings

# These prepare a site, or need none.
_ALWAYS = frozenset(
    {
        *("serve", "migrate", "check", "help", "version", "shell", "dbshell", "diffsettings", "test"),
        *("makemigrations", "squashmigrations", "optimizemigration", "sqlmigrate", "startapp", "startproject"),
        *(
            "collectstatic",
            "findstatic",
            "makemessages",
            "compilemessages",
            "sendtestemail",
            "collect_ordinary_words",
            "collect_pinyin_phrases",
        ),
    }
)
_ASKS = frozenset({"-h", "--help", "--version"})
_TABLES = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE name = 'django_migrations'",
    "postgresql": (
        "SELECT count(*) FROM pg_tables"
        " WHERE tablename = 'django_migrations' AND schemaname = ANY(current_schemas(false))"
    ),
}


def require_prepared(arguments: Sequence[str]) -> None:
    """Raise WrongSetting if a command, given with its arguments, needs a database that was never migrated."""
    command = arguments[0] if arguments else "help"
    if command in _ALWAYS or not _ASKS.isdisjoint(arguments):
        return
    data_dir, database = database_settings()
    sqlite = str(database.get("ENGINE", "")).endswith(".sqlite3")
    if not (_is_migrated_sqlite(database) if sqlite else _is_migrated_postgresql(database)):
        name = "DATABASE_URL: this database" if os.environ.get("DATABASE_URL") else f"DATA_DIR: {data_dir}"
        raise WrongSetting(f"{name} was never prepared. Run `make run` or `manage.py migrate` first.")


def _is_migrated_sqlite(database: dict[str, Any]) -> bool:
    """Return whether a file has Django's table. Opens it for reading only, since connecting would create it."""
    path = Path(str(database["NAME"]))
    try:
        if not path.is_file() or not path.stat().st_size:
            return False
        with closing(sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)) as connection:
            return bool(connection.execute(_TABLES["sqlite"]).fetchone()[0])
    except (OSError, sqlite3.Error) as error:
        raise WrongSetting(f"{_wrong_setting()}: cannot read {path} ({error}).") from None


def _is_migrated_postgresql(database: dict[str, Any]) -> bool:
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    given = {ours: str(database[name]) for name, ours in names.items() if database.get(name)}
    given |= database.get("OPTIONS", {})
    # Not loaded on a site with SQLite, which starts sooner without it.
    psycopg = import_module("psycopg")
    try:
        with psycopg.connect(**given, connect_timeout=3) as connection:
            found = connection.execute(_TABLES["postgresql"]).fetchone()
            return bool(found and found[0])
    except psycopg.Error as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise WrongSetting(f"{_wrong_setting()}: the database does not work: {first}") from None


def _wrong_setting() -> str:
    return "DATABASE_URL" if os.environ.get("DATABASE_URL") else "DATA_DIR"
