"""What somebody could do to the memory who owns the database."""

import importlib

from django.db import connection


def tamper(*statements: str) -> None:
    """Run statements on the memory; whoever owns the database can take its triggers away first."""
    for migration in ("0004_replacing_is_refused", "0002_append_only"):
        editor = connection.schema_editor()
        importlib.import_module(f"audit.migrations.{migration}").allow_changes(None, editor)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
