"""Decisions on notices that are manifestly without ground, and the reason for them."""

from django.conf import settings
from django.db import migrations, models

from moderation.first_reasons import FIRST_REASONS


def add_reason(apps, schema_editor):
    """Add the reason, unless the list began with it."""
    Reason = apps.get_model("moderation", "Reason")
    [row] = [row for row in FIRST_REASONS if row[0] == "manifestly-unfounded"]
    values = dict(zip(("label", "text", "rule", "acts"), row[1:], strict=True)) | {"position": len(FIRST_REASONS) * 10}
    Reason.objects.get_or_create(slug=row[0], defaults=values)


def leave_as_it_is(apps, schema_editor):
    """On the way back these decisions are what the software before knew: things were left as they are."""
    Decision = apps.get_model("moderation", "Decision")
    Decision.objects.filter(act__in=("unfounded", "warn-notifier", "pause-notifier")).update(act="keep")


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0005_limits_and_announcements'),
        ('reports', '0007_coverings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='decision',
            name='moderation_decision_act_known',
        ),
        migrations.AlterField(
            model_name='decision',
            name='act',
            field=models.CharField(choices=[('publish', 'Approve'), ('ask', 'Ask for changes'), ('decline', 'Decline'), ('merge', 'Merge into another'), ('keep', 'Leave as it is'), ('unfounded', 'Leave as it is: the notice is manifestly without ground'), ('warn-notifier', 'Leave as it is, and warn who sent the notice'), ('pause-notifier', 'Leave as it is, and let notices from this address wait'), ('unpublish', 'Take down'), ('hide', 'Hide for now'), ('restore', 'Show again'), ('lock', 'Lock'), ('unlock', 'Unlock'), ('dispute', 'Mark as disputed'), ('undispute', 'End the dispute'), ('redact', 'Remove passages'), ('accept', 'Accept the edit'), ('recheck', 'It changed: check again what rests on it'), ('void', 'Void the votes'), ('warn', 'Warn the person'), ('suspend', 'Suspend the person'), ('lift', 'End the suspension'), ('uphold', 'The decision stands'), ('overturn', 'Undo the decision')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['publish', 'ask', 'decline', 'merge', 'keep', 'unfounded', 'warn-notifier', 'pause-notifier', 'unpublish', 'hide', 'restore', 'lock', 'unlock', 'dispute', 'undispute', 'redact', 'accept', 'recheck', 'void', 'warn', 'suspend', 'lift', 'uphold', 'overturn'])), name='moderation_decision_act_known'),
        ),
        migrations.RunPython(add_reason, leave_as_it_is),
    ]
