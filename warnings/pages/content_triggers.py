"""Database triggers that give the public content another version with each change of a table that pages show.

They are made after each migration, for all tables but those named here, so a new table has them without anybody
thinking of it. SQLite loses the triggers of a table that a migration rebuilds; they are back before the site starts.
"""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from common.db.content_version import CHANNEL

# No public page shows anything of these. Most are written often: at each sign-in, vote limit or step of a moderator.
PRIVATE_TABLES = frozenset(
    {
        *("account_emailaddress", "account_emailconfirmation", "mfa_authenticator"),
        *("accounts_notice", "accounts_noticesettings", "accounts_session", "accounts_keptvalue"),
        *("accounts_formerhandle", "accounts_user_groups", "accounts_user_user_permissions"),
        *("audit_name", "audit_entry", "audit_head"),
        *("auth_group", "auth_group_permissions", "auth_permission"),
        *("django_admin_log", "django_content_type", "django_tasks_database_dbtaskresult"),
        *("directory_catalogueentry", "directory_catalogueload"),
        *("reports_alarm", "reports_draft", "reports_feedaddress", "reports_message", "reports_step"),
        # Pages show the counts of votes, which are columns of what was voted for.
        *("reports_tagmerge", "reports_vote", "reports_watch"),
        *("moderation_case", "moderation_chosenlimit", "moderation_flag", "moderation_invitation"),
        *("moderation_proposal", "moderation_savedview", "moderation_spammemory", "moderation_spamsample"),
        *("moderation_threat", "moderation_toldauthority"),
        # Replaced by a model of the site's own.
        *("taggit_tag", "taggit_taggeditem"),
    }
)
# Columns that change at each sign-in, or that only their owner sees.
PRIVATE_COLUMNS = {"accounts_user": frozenset({"email", "last_login", "password"})}

_TABLE = (
    "CREATE TABLE IF NOT EXISTS content_version (id integer PRIMARY KEY CHECK (id = 1), version integer NOT NULL)",
    "INSERT OR IGNORE INTO content_version (id, version) VALUES (1, 0)",
)
# Not counted: a database that is restored from a backup must not come to a version that it had before.
_ADVANCE = "UPDATE content_version SET version = random()"
_PREFIX = "content_changed_"
_FUNCTION = "forewarned_content_changed"


def install_triggers(*, using: str, **_: Any) -> None:
    """Make the triggers that are missing and drop those that are no longer wanted. A receiver of `post_migrate`.

    Tables that are not there, after going back to an earlier version, have none.
    """
    connection = connections[using]
    install = _install_on_sqlite if connection.vendor == "sqlite" else _install_on_postgresql
    install(connection)


def public_tables() -> list[str]:
    """Return the names of the tables that public pages may show."""
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed} - PRIVATE_TABLES)


def _tables_here(connection: BaseDatabaseWrapper) -> list[str]:
    here = set(connection.introspection.table_names())
    return [table for table in public_tables() if table in here]


def _columns(connection: BaseDatabaseWrapper, table: str) -> str:
    """Return ` OF ...` for a table of which only some columns are public."""
    private = PRIVATE_COLUMNS.get(table)
    if not private:
        return ""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    names = [field.column for field in model._meta.concrete_fields if field.column and field.column not in private]
    return " OF " + ", ".join(connection.ops.quote_name(name) for name in names)


def _install_on_sqlite(connection: BaseDatabaseWrapper) -> None:
    wanted = {
        f"{_PREFIX}{table}_{event.lower()}": (
            f"CREATE TRIGGER {_PREFIX}{table}_{event.lower()} AFTER {event}"
            f"{_columns(connection, table) if event == 'UPDATE' else ''} ON {connection.ops.quote_name(table)}"
            f" BEGIN {_ADVANCE}; END"
        )
        for table in _tables_here(connection)
        for event in ("INSERT", "UPDATE", "DELETE")
    }
    with connection.cursor() as cursor:
        for statement in _TABLE:
            cursor.execute(statement)
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB %s", [f"{_PREFIX}*"])
        there = dict(cursor.fetchall())
        if there == wanted:
            return
        for name in there:
            if there[name] != wanted.get(name):
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        for name, statement in wanted.items():
            if there.get(name) != statement:
                cursor.execute(statement)
        # What was written without the triggers was not noticed.
        cursor.execute(_ADVANCE)


def _install_on_postgresql(connection: BaseDatabaseWrapper) -> None:
    wanted = {table: _columns(connection, table) for table in _tables_here(connection)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END $$"
        )
        cursor.execute(
            "SELECT relname, COALESCE((SELECT ' OF ' || string_agg(quote_ident(attname), ', ' ORDER BY place)"
            " FROM unnest(tgattr) WITH ORDINALITY AS named (number, place)"
            " JOIN pg_attribute ON attrelid = tgrelid AND attnum = number), '')"
            " FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = %s"
            " AND relnamespace = current_schema()::regnamespace",
            [_FUNCTION],
        )
        there = {table: columns.replace('"', "") for table, columns in cursor.fetchall()}
        for table in there.keys() - wanted.keys():
            cursor.execute(f"DROP TRIGGER {_FUNCTION} ON {connection.ops.quote_name(table)}")
        for table, columns in wanted.items():
            if there.get(table) == columns.replace('"', ""):
                continue
            name = connection.ops.quote_name(table)
            # Waits for transactions that write to the table, and for no reader.
            cursor.execute(f"DROP TRIGGER IF EXISTS {_FUNCTION} ON {name}")
            cursor.execute(
                f"CREATE TRIGGER {_FUNCTION} AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE{columns} ON {name}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()"
            )
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
