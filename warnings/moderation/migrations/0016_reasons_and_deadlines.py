"""Reasons for turning down a flag, a legal notice or an appeal; notices are due when their senders were told."""

from datetime import timedelta

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


def give_notices_their_time(apps, schema_editor):
    """A notice was due at once, or at the end of its sender's pause."""
    _move(apps, timedelta(hours=48))


def take_it_back(apps, schema_editor):
    """The software before orders the queue by the deadline alone."""
    _move(apps, -timedelta(hours=48))


def _move(apps, by):
    Case = apps.get_model("moderation", "Case")
    for case in Case.objects.filter(kind="notice", state="open").iterator(chunk_size=500):
        case.due_at += by
        case.save(update_fields=["due_at"])


class Migration(migrations.Migration):
    dependencies = [("moderation", "0015_public_reason")]
    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
        migrations.RunPython(give_notices_their_time, take_it_back),
    ]
