"""Keep triggers equal to what the code wants. The name of a trigger has a digest of its statement."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Trigger:
    """A trigger on a table: what follows its name in `CREATE TRIGGER`."""

    table: str
    statement: str

    def name(self, prefix: str) -> str:
        """Return its name, which another statement does not have."""
        digest = hashlib.sha256(f"{self.table} {self.statement}".encode()).hexdigest()
        return f"{prefix}{digest[:16]}"


def install(connection: BaseDatabaseWrapper, prefix: str, wanted: Iterable[Trigger]) -> bool:
    """Create what is missing and drop what else has the prefix. Return whether anything was missing."""
    named = {trigger.name(prefix): trigger for trigger in wanted}
    there = _installed(connection, prefix)
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name in there.keys() - named.keys():
            on = f" ON {quote(there[name])}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {quote(name)}{on}")
        missing = named.keys() - there.keys()
        for name in sorted(missing):
            cursor.execute(f"CREATE TRIGGER {quote(name)} {named[name].statement}")
    return bool(missing)


def _installed(connection: BaseDatabaseWrapper, prefix: str) -> dict[str, str]:
    """Return the tables of the triggers with a prefix, by name."""
    statement = (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE starts_with(tgname, %s) AND relnamespace = current_schema()::regnamespace"
        if connection.vendor == "postgresql"
        else "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, length(%s)) = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [prefix] if connection.vendor == "postgresql" else [prefix, prefix])
        return dict(cursor.fetchall())
