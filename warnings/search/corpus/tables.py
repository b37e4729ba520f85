"""Write rows without the ORM: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

_BATCH = 5_000


class Table:
    """A model's table, with default values for new rows."""

    def __init__(self, model: type[models.Model], **constants: Any) -> None:
        self.model = model
        sample = model(**constants)
        fields = model._meta.concrete_fields
        self.columns = [str(field.column) for field in fields]
        values = [field.get_db_prep_save(_value(field, sample), connection) for field in fields]
        self._defaults = dict(zip(self.columns, values, strict=True))

    def row(self, **values: Any) -> list[Any]:
        """Return a row; values must be prepared for the database (see `prepared`)."""
        return list((self._defaults | values).values())

    def prepared(self, name: str, value: Any) -> Any:
        """Return a field's value prepared for the database."""
        return self.model._meta.get_field(name).get_db_prep_save(value, connection)  # type: ignore[union-attr]  # concrete

    def next_key(self) -> int:
        """Return the first unused primary key."""
        last = self.model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
        return int(last or 0) + 1

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows in bulk."""
        write_rows(self.model._meta.db_table, self.columns, rows)

    def move_sequence(self) -> None:
        """Advance PostgreSQL's sequence past the written primary keys."""
        if connection.vendor == "postgresql":
            table = self.model._meta.db_table
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
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
