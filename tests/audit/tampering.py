"""What somebody could do to the memory who owns the database."""

import importlib

from django.db import connection


def tamper(*statements: str) -> None:
    """Run statements on the memory; whoever owns the database can take its triggers away first."""
    importlib.import_module("audit.migrations.0002_append_only").allow_changes(None, connection.schema_editor())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
