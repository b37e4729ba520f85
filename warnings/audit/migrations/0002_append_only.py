"""The memory is append-only for everybody who comes through the database too, and its daily heads are kept."""

from django.db import migrations, models

REFUSED = "Audit entries are append-only."


def refuse_changes(apps, schema_editor):
    """Have the database refuse to change or remove entries."""
    if schema_editor.connection.vendor == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER audit_entry_no_{deed.lower()} BEFORE {deed} ON audit_entry"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )
        return
    schema_editor.execute(
        "CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    schema_editor.execute(
        "CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry"
        " FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()"
    )
    schema_editor.execute(
        "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()"
    )


def allow_changes(apps, schema_editor):
    """Take the triggers away."""
    if schema_editor.connection.vendor == "sqlite":
        for deed in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS audit_entry_no_{deed}")
        return
    schema_editor.execute("DROP TRIGGER IF EXISTS audit_entry_append_only ON audit_entry")
    schema_editor.execute("DROP TRIGGER IF EXISTS audit_entry_no_truncate ON audit_entry")
    schema_editor.execute("DROP FUNCTION IF EXISTS audit_entry_refuse()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                ("seq", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={"ordering": ("-day",)},
        ),
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=80, unique=True)),
            ],
        ),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
