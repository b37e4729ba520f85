"""Write a great many rows at once: without secondary indexes and triggers, in one transaction.

Both databases undo changes of the schema, too: if the load is interrupted, the database is as it was.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from django.db import OperationalError, connection, transaction

# In KiB: the indexes of unique columns, which stay, are written in random order and have to fit.
_SQLITE_CACHE = 400_000
# How FTS5 writes: few large parts, which are merged once at the end. The second value is its default.
_FULL_TEXT = {"hashsize": (256 << 20, 1 << 20), "automerge": (0, 4), "crisismerge": (1_000, 16)}


@contextmanager
def bulk_load() -> Iterator[None]:
    """Do the load in one transaction, with more memory for the database and without a write-ahead log."""
    with _more_memory(), _rollback_journal(), transaction.atomic():
        yield


@contextmanager
def without_indexes(tables: Sequence[str]) -> Iterator[None]:
    """Drop what each row has to pay for and create it again: indexes, triggers, and on PostgreSQL foreign keys.

    Constraints stay, except foreign keys. Must be in a transaction, which puts everything back after an error.
    """
    with connection.cursor() as cursor:
        drop = _drop_on_postgresql if connection.vendor == "postgresql" else _drop_on_sqlite
        statements = drop(cursor, tables)
    yield
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def merge_full_text() -> None:
    """Merge all parts of FTS5's index, so that a search reads one."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_fulltext(search_fulltext) VALUES ('optimize')")


@contextmanager
def large_parts() -> Iterator[None]:
    """Have FTS5 write large parts. Must be in a transaction."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT k, v FROM search_fulltext_config")
        before = dict(cursor.fetchall())
    _set_full_text({name: large for name, (large, _) in _FULL_TEXT.items()})
    yield
    _set_full_text({name: before.get(name, usual) for name, (_, usual) in _FULL_TEXT.items()})


def _set_full_text(values: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO search_fulltext(search_fulltext, rank) VALUES (%s, %s)", list(values.items()))


@contextmanager
def _more_memory() -> Iterator[None]:
    name, value = ("maintenance_work_mem", "'1GB'")
    if connection.vendor == "sqlite":
        name, value = ("cache_size", f"-{_SQLITE_CACHE}")
    before = _setting(name)
    _set(name, value)
    try:
        yield
    finally:
        _set(name, before)


@contextmanager
def _rollback_journal() -> Iterator[None]:
    """Have SQLite write new pages once, into the database, and not into the write-ahead log first.

    If the process is killed, the next one that opens the database undoes what was written, and returns to the log.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    before = _setting("journal_mode")
    # Another process has the database open: the load takes longer.
    with suppress(OperationalError):
        _set("journal_mode", "DELETE")
    try:
        yield
    finally:
        _set("journal_mode", before)


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}" if connection.vendor == "postgresql" else f"PRAGMA {name}")
        value = cursor.fetchone()[0]
    return f"'{value}'" if connection.vendor == "postgresql" else str(value)


def _set(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"{'SET' if connection.vendor == 'postgresql' else 'PRAGMA'} {name} = {value}")


def _drop_on_sqlite(cursor: Any, tables: Sequence[str]) -> list[str]:
    """Drop indexes and triggers; return the statements that create them, indexes first."""
    marks = ", ".join(["%s"] * len(tables))
    cursor.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"  # noqa: S608
        f" AND tbl_name IN ({marks}) ORDER BY type, tbl_name, name",
        list(tables),
    )
    found = cursor.fetchall()
    for kind, name, _ in found:
        cursor.execute(f"DROP {kind} {connection.ops.quote_name(name)}")
    return [statement for _, _, statement in found]


_OF_POSTGRESQL = """
SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname),
       'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' '
           || pg_get_constraintdef(oid), 2
    FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%(tables)s::regclass[])
UNION ALL
SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid), 1
    FROM pg_index WHERE indrelid = ANY(%(tables)s::regclass[])
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
UNION ALL
SELECT 'DROP TRIGGER ' || quote_ident(tgname) || ' ON ' || tgrelid::regclass, pg_get_triggerdef(oid), 3
    FROM pg_trigger WHERE tgrelid = ANY(%(tables)s::regclass[]) AND NOT tgisinternal
ORDER BY 3, 2
"""


def _drop_on_postgresql(cursor: Any, tables: Sequence[str]) -> list[str]:
    """Drop foreign keys, indexes and triggers; return the statements that create them."""
    # PostgreSQL changes no table with foreign keys that are still to be checked.
    connection.check_constraints()
    cursor.execute(_OF_POSTGRESQL, {"tables": list(tables)})
    found = cursor.fetchall()
    for drop, _, _ in found:
        cursor.execute(drop)
    return [create for _, create, _ in found]
