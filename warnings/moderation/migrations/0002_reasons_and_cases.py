"""The first reasons, and a case for everything that waits already."""

from django.db import migrations

from moderation.first_reasons import FIRST_REASONS

WAITING = (
    ("report", "Report", "reports", {"status": "pending"}),
    ("comment", "Comment", "reports", {"status": "pending"}),
    ("suggestion", "Revision", "reports", {"state": "suggested"}),
    ("entry", "EntryRevision", "directory", {"state": "suggested"}),
    ("alarm", "Alarm", "reports", {"closed_at": None}),
)
COLUMNS = {"revision": "revision", "entryrevision": "entry"}


def fill(apps, schema_editor):
    """Add what is not there yet."""
    Reason, Case = apps.get_model("moderation", "Reason"), apps.get_model("moderation", "Case")
    for position, (slug, label, text, rule, acts) in enumerate(FIRST_REASONS, start=1):
        values = {"label": label, "text": text, "rule": rule, "acts": acts, "position": position * 10}
        Reason.objects.get_or_create(slug=slug, defaults=values)
    for kind, name, app, waits in WAITING:
        model = apps.get_model(app, name)
        for row in model.objects.filter(**waits).iterator(chunk_size=500):
            low = name.lower()
            since = getattr(row, "created_at", None) or row.raised_at
            title = row.warning.title if getattr(row, "warning_id", None) else str(getattr(row, "key", ""))
            Case.objects.get_or_create(
                key=f"{kind}:{low}:{row.pk}",
                defaults={
                    "kind": kind, "title": title[:300], "opened_at": since, "due_at": since,
                    f"{COLUMNS.get(low, low)}_id": row.pk,
                },
            )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
