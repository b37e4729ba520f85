"""The full-text index itself, in the way of the database in use."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE search_fulltext USING fts5(title, names, summary, body, labels,"
    " content='', contentless_delete=1, tokenize='ascii')",
)
SQLITE_BACK = ("DROP TABLE search_fulltext",)
# fastupdate off: no reader pays for a backlog of a writer's.
GIN = "CREATE INDEX {} ON search_indexeddocument USING gin (terms) WITH (fastupdate = off){}"
POSTGRESQL = (
    "ALTER TABLE search_indexeddocument ADD COLUMN terms tsvector",
    GIN.format("search_terms_best", " WHERE tier = 0"),
    GIN.format("search_terms_good", " WHERE tier <= 1"),
    GIN.format("search_terms_all", ""),
)
POSTGRESQL_BACK = ("ALTER TABLE search_indexeddocument DROP COLUMN terms",)


def make(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]

    operations = [migrations.RunPython(make, drop)]
