"""Write rows without the ORM: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

_BATCH = 5_000


class Table:
    """A model's table, of which rows vary in some columns and have the same values in all others.

    Primary keys are assigned in advance, since rows refer to each other and no query can run during COPY.
    """

    def __init__(self, model: type[models.Model], *varying: str, **constants: Any) -> None:
        self.model = model
        sample = model(**constants)
        fields = model._meta.concrete_fields
        values = {str(f.column): f.get_db_prep_save(_value(f, sample), connection) for f in fields}
        same = {column: value for column, value in values.items() if column not in varying}
        self.columns = [*varying, *same]
        self._constants = tuple(same.values())
        last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
        self._next = int(last or 0) + 1

    def prepared(self, name: str, value: Any) -> Any:
        """Return a field's value prepared for the database."""
        return self.model._meta.get_field(name).get_db_prep_save(value, connection)  # type: ignore[union-attr]  # concrete

    def keys(self, number: int) -> range:
        """Return so many unused primary keys."""
        first, self._next = self._next, self._next + number
        return range(first, self._next)

    def write(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Write rows in bulk: the values of the varying columns, prepared for the database."""
        constants = self._constants
        write_rows(self.model._meta.db_table, self.columns, (row + constants for row in rows))

    def move_sequence(self) -> None:
        """Advance PostgreSQL's sequence past the written primary keys."""
        if connection.vendor == "postgresql" and self._next > 1:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [self.model._meta.db_table, self._next - 1]
                )


def write_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows to a table. Table and column names must be trusted."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        source = iter(rows)
        while batch := list(islice(source, _BATCH)):
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", batch)  # noqa: S608


def _value(field: Any, sample: models.Model) -> Any:
    value = getattr(sample, field.attname)
    return field.pre_save(sample, add=True) if value is None and not field.null and not field.primary_key else value
