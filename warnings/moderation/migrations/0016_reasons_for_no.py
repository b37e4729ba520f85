"""Reasons for turning down a flag, a legal notice or an appeal."""

from django.db import migrations

from moderation.first_reasons import FIRST_REASONS

ADDED = ("keeps-to-the-rules", "not-shown-to-be-illegal", "decision-was-right")


def add(apps, schema_editor):
    """Add the reasons, unless the list began with them."""
    Reason = apps.get_model("moderation", "Reason")
    for position, (slug, label, text, rule, acts) in enumerate(FIRST_REASONS, start=1):
        if slug in ADDED:
            values = {"label": label, "text": text, "rule": rule, "acts": acts, "position": position * 10}
            Reason.objects.get_or_create(slug=slug, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0015_public_reason")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
