"""Database triggers that count published posts, in the transaction that publishes, hides, links or deletes them.

On PostgreSQL, a link locks its warning, so that a warning that is published meanwhile waits and counts the link.
"""

from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from common.db.triggers import Trigger, install
from reports.actions.counts import recount
from reports.choices import CountKind, Status
from reports.models import LINKS, PublishedCount

PREFIX = "counted_"
_COUNTS = PublishedCount._meta.db_table
_INSERT = f"INSERT INTO {_COUNTS} (kind, key, number)"
_SHOWN = f"'{Status.PUBLISHED.value}'"


def install_triggers(*, using: str, **_: Any) -> None:
    """Make the triggers that are missing, and count again what was written without them.

    A receiver of `post_migrate`. Does nothing while the tables are not there, after going back to an earlier version.
    """
    connection = connections[using]
    tables = {_COUNTS, "reports_report", "reports_warning", *(link.table for link in LINKS.values())}
    if not tables <= set(connection.introspection.table_names()):
        return
    with transaction.atomic(using=using):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(_FUNCTIONS)
        if install(connection, PREFIX, _on_sqlite() if connection.vendor == "sqlite" else _on_postgresql()):
            recount()


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """Drop all triggers, before their tables go."""
    install(connection, PREFIX, ())


def _on_sqlite() -> list[Trigger]:
    made = []
    for kind, link in LINKS.items():
        made += [
            _link_on_sqlite(kind, "INSERT", (("NEW", 1),)),
            _link_on_sqlite(kind, f"UPDATE OF {link.warning}, {link.entry}", (("OLD", -1), ("NEW", 1))),
            _link_on_sqlite(kind, "DELETE", (("OLD", -1),)),
        ]
    everything = " UNION ALL ".join(
        [
            f"SELECT '{CountKind.WARNINGS.value}', 0, {{sign}}",
            *(
                f"SELECT '{kind.value}', {link.entry}, {{sign}} FROM {link.table} WHERE {link.warning} = {{row}}.id"  # noqa: S608  (our own names)
                for kind, link in LINKS.items()
            ),
        ]
    )
    made += _posts_on_sqlite("reports_warning", everything)
    made += _posts_on_sqlite("reports_report", f"SELECT '{CountKind.REPORTS.value}', 0, {{sign}}")
    return made


def _link_on_sqlite(kind: CountKind, event: str, changes: tuple[tuple[str, int], ...]) -> Trigger:
    link = LINKS[kind]
    inserts = "".join(
        f"{_INSERT} SELECT '{kind.value}', {row}.{link.entry}, {sign} FROM reports_warning"  # noqa: S608  (our own names)
        f" WHERE id = {row}.{link.warning} AND status = {_SHOWN}; "
        for row, sign in changes
    )
    return Trigger(link.table, f"AFTER {event} ON {link.table} BEGIN {inserts}END")


def _posts_on_sqlite(table: str, counted: str) -> list[Trigger]:
    def trigger(event: str, when: str, row: str, sign: int) -> Trigger:
        insert = f"{_INSERT} {counted.format(row=row, sign=sign)}; "
        return Trigger(table, f"AFTER {event} ON {table} WHEN {when} BEGIN {insert}END")

    return [
        trigger("INSERT", f"NEW.status = {_SHOWN}", "NEW", 1),
        trigger("DELETE", f"OLD.status = {_SHOWN}", "OLD", -1),
        trigger("UPDATE OF status", f"NEW.status = {_SHOWN} AND OLD.status <> {_SHOWN}", "NEW", 1),
        trigger("UPDATE OF status", f"OLD.status = {_SHOWN} AND NEW.status <> {_SHOWN}", "OLD", -1),
    ]


def _on_postgresql() -> list[Trigger]:
    made = [
        Trigger(
            link.table,
            f"AFTER INSERT OR DELETE OR UPDATE OF {link.warning}, {link.entry} ON {link.table} FOR EACH ROW"
            f" EXECUTE FUNCTION forewarned_count_link('{kind.value}', '{link.warning}', '{link.entry}')",
        )
        for kind, link in LINKS.items()
    ]
    new, old = f"NEW.status = {_SHOWN}", f"OLD.status = {_SHOWN}"
    events = (("INSERT", new), ("DELETE", old), ("UPDATE OF status", f"({new}) <> ({old})"))
    for table, function in (("reports_warning", "warning"), ("reports_report", "report")):
        call = f"EXECUTE FUNCTION forewarned_count_{function}()"
        made += [
            Trigger(table, f"AFTER {event} ON {table} FOR EACH ROW WHEN ({when}) {call}") for event, when in events
        ]
    return made


_OF_A_WARNING = " UNION ALL ".join(
    f"SELECT '{kind.value}', {link.entry}, sign FROM {link.table} WHERE {link.warning} = changed"  # noqa: S608  (our own names)
    for kind, link in LINKS.items()
)
_SIGN = f"CASE WHEN TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND NEW.status <> {_SHOWN}) THEN -1 ELSE 1 END"
_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION forewarned_count_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
    fresh jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
BEGIN
    PERFORM 1 FROM reports_warning
        WHERE id IN ((gone ->> TG_ARGV[1])::bigint, (fresh ->> TG_ARGV[1])::bigint) ORDER BY id FOR NO KEY UPDATE;
    {_INSERT} SELECT TG_ARGV[0], (changed.link ->> TG_ARGV[2])::bigint, changed.sign
        FROM (VALUES (gone, -1), (fresh, 1)) AS changed (link, sign)
        JOIN reports_warning ON id = (changed.link ->> TG_ARGV[1])::bigint AND status = {_SHOWN};
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION forewarned_count_warning() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
    sign integer := {_SIGN};
BEGIN
    {_INSERT} SELECT '{CountKind.WARNINGS.value}', 0, sign UNION ALL {_OF_A_WARNING};
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION forewarned_count_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {_INSERT} VALUES ('{CountKind.REPORTS.value}', 0, {_SIGN});
    RETURN NULL;
END $$;
"""  # noqa: S608  (our own names)
