"""Add an index without blocking writes: concurrently on PostgreSQL, normally on SQLite."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations.operations import AddIndex


class AddIndexOnline(AddIndexConcurrently):
    """Add an index without blocking writers where possible. The migration must be `atomic = False`."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Create the index."""
        how: Any = super() if schema_editor.connection.vendor == "postgresql" else _Plain(self)
        how.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop the index."""
        how: Any = super() if schema_editor.connection.vendor == "postgresql" else _Plain(self)
        how.database_backwards(app_label, schema_editor, from_state, to_state)


class _Plain(AddIndex):
    """The same index, created normally."""

    def __init__(self, live: AddIndexOnline) -> None:
        super().__init__(live.model_name, live.index)
