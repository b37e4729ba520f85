"""The database of one test process: a copy of a prepared one, in memory or on the server of the tests."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from django.db import connection

from tests.prepared import postgres, sqlite

IN_MEMORY = "file:tests?mode=memory&cache=shared"
"""The name under which the threads of one process share a database in memory."""


@contextmanager
def database_of_its_own() -> Iterator[None]:
    """Point Django's connection at a copy of the database that holds the catalogue."""
    connection.close()
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = IN_MEMORY
        connection.ensure_connection()
        with closing(sqlite3.connect(sqlite.loaded())) as template:
            template.backup(connection.connection)
        yield
        connection.close()
        return
    server, name = os.environ["DATABASE_URL"], f"test_{os.getpid()}"
    postgres.copy_database(server, postgres.loaded(server), name)
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        postgres.drop_database(server, name)
