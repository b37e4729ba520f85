"""Template databases on a PostgreSQL server: `bare` is migrated, `loaded` holds the catalogue too.

They can be made on any server. The server that the tests start themselves begins as a copy of a cluster that has them.
"""

import tempfile
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from tests.prepared.inputs import catalogue_inputs, digest_of, schema_inputs
from tests.prepared.processes import run_steps

LOCK = 7_301_961
"""The advisory lock that makers of templates take: one at a time on a server."""


def bare(server: str) -> str:
    """Return the name of a database on the server in which every migration has run."""
    name = f"prepared_bare_{_schema_digest()}"
    return name if _exists(server, name) else _made(server, name, "template0", "migrate")


def loaded(server: str) -> str:
    """Return the name of a database on the server that holds the catalogue and its index."""
    name = f"prepared_loaded_{_catalogue_digest()}"
    return name if _exists(server, name) else _made(server, name, bare(server), "load_catalogue")


def catalogue_digest(version: str) -> str:
    """Return what tells one cluster with both databases from another; clusters of two versions differ as well."""
    return digest_of(catalogue_inputs(), version)


def copy_database(server: str, template: str, name: str) -> None:
    """Make a database that begins as a copy of another; one that was left over under this name is dropped."""
    drop_database(server, name)
    run(server, "CREATE DATABASE {} TEMPLATE {}", name, template)


def drop_database(server: str, name: str) -> None:
    """Drop a database if it is there, and end what is connected to it."""
    run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def run(server: str, statement: str, *names: str) -> None:
    """Run one statement on the server, outside a transaction, with these names quoted in it."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def address_of(server: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return f"{server.rpartition('/')[0]}/{name}"


def _made(server: str, name: str, template: str, step: str) -> str:
    """Make a template under another name first, so that one with its own name is always whole."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _exists(server, name):
            unfinished = f"{name}_unfinished"
            copy_database(server, template, unfinished)
            with tempfile.TemporaryDirectory() as folder:
                run_steps(step, folder=Path(folder), database=address_of(server, unfinished))
            run(server, "ALTER DATABASE {} RENAME TO {}", unfinished, name)
    return name


def _exists(server: str, name: str) -> bool:
    with psycopg.connect(server) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


@cache
def _schema_digest() -> str:
    return digest_of(schema_inputs())


@cache
def _catalogue_digest() -> str:
    return digest_of(catalogue_inputs())
