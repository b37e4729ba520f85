"""Reasons whose text can be what an author is asked, and two that are for nothing else."""

from django.db import migrations

from moderation.first_reasons import FIRST_REASONS

ASK = "ask"


def add(apps, schema_editor):
    """Let the first reasons that fit be chosen for asking; what administrators changed otherwise stays."""
    Reason = apps.get_model("moderation", "Reason")
    for position, (slug, label, text, rule, acts) in enumerate(FIRST_REASONS, start=1):
        if ASK not in acts:
            continue
        values = {"label": label, "text": text, "rule": rule, "acts": acts, "position": position * 10}
        row, new = Reason.objects.get_or_create(slug=slug, defaults=values)
        if not new and ASK not in row.acts:
            row.acts = [ASK, *row.acts]
            row.save(update_fields=["acts"])


class Migration(migrations.Migration):
    dependencies = [("moderation", "0007_proposals")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
