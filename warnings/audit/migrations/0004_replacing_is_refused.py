"""Entries are not replaced either, heads and names are not removed, and names are signed."""

from django.core.signing import Signer
from django.db import migrations, models

REFUSED = "Audit entries are append-only."
# What may not be done to whom; an entry that takes the place of another one is a change of it.
SQLITE = {
    "audit_entry_no_replace": (
        "INSERT ON audit_entry WHEN EXISTS"
        " (SELECT 1 FROM audit_entry WHERE id = NEW.id OR seq = NEW.seq OR digest = NEW.digest)"
    ),
    "audit_head_no_update": "UPDATE ON audit_head",
    "audit_head_no_delete": "DELETE ON audit_head",
    "audit_head_no_replace": (
        "INSERT ON audit_head WHEN EXISTS (SELECT 1 FROM audit_head WHERE id = NEW.id OR day = NEW.day)"
    ),
    "audit_name_no_delete": "DELETE ON audit_name",
}


def refuse_changes(apps, schema_editor):
    """Have the database refuse it."""
    if schema_editor.connection.vendor == "sqlite":
        for name, deed in SQLITE.items():
            schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {deed} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END")
        return
    for table, deeds in (("audit_head", "UPDATE OR DELETE"), ("audit_name", "DELETE")):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE {deeds} ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()"
        )


def allow_changes(apps, schema_editor):
    """Take the triggers away."""
    if schema_editor.connection.vendor == "sqlite":
        for name in SQLITE:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        return
    for table in ("audit_head", "audit_name"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")


def sign(apps, schema_editor):
    """Sign the names that are there."""
    signer = Signer(salt="audit.name")
    for name in apps.get_model("audit", "Name").objects.all():
        name.proof = signer.signature(f"{name.pk}:{name.text}")
        name.save(update_fields=["proof"])


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_names_of_tables")]
    operations = [
        migrations.AddField(
            "name",
            "proof",
            models.CharField(
                default="",
                max_length=80,
                help_text="Signed with the site's key: who has only the database renames nobody.",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(sign, migrations.RunPython.noop),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
