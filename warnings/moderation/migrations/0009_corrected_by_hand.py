"""A decision that something was corrected by hand, and reasons that fit it."""

from django.conf import settings
from django.db import migrations, models


CORRECTED = "corrected"
FITTING = ("personal-data", "not-true", "illegal")


def add(apps, schema_editor):
    """Let these reasons be chosen for it too; what administrators changed otherwise stays."""
    for row in apps.get_model("moderation", "Reason").objects.filter(slug__in=FITTING):
        if CORRECTED not in row.acts:
            row.acts = [*row.acts, CORRECTED]
            row.save(update_fields=["acts"])


def take_away(apps, schema_editor):
    """Offer no reason for a decision that there is not."""
    for row in apps.get_model("moderation", "Reason").objects.all():
        if CORRECTED in row.acts:
            row.acts = [act for act in row.acts if act != CORRECTED]
            row.save(update_fields=["acts"])


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0008_what_authors_are_asked'),
        ('reports', '0009_long_reasons'),
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
            field=models.CharField(choices=[('publish', 'Approve'), ('ask', 'Ask for changes'), ('decline', 'Decline'), ('merge', 'Merge into another'), ('keep', 'Leave as it is'), ('unfounded', 'Leave as it is: the notice is manifestly without ground'), ('warn-notifier', 'Leave as it is, and warn who sent the notice'), ('pause-notifier', 'Leave as it is, and let notices from this address wait'), ('unpublish', 'Take down'), ('hide', 'Hide for now'), ('restore', 'Show again'), ('lock', 'Lock'), ('unlock', 'Unlock'), ('dispute', 'Mark as disputed'), ('undispute', 'End the dispute'), ('redact', 'Remove passages'), ('accept', 'Accept the edit'), ('corrected', 'Corrected by hand'), ('recheck', 'It changed: check again what rests on it'), ('void', 'Void the votes'), ('warn', 'Warn the person'), ('suspend', 'Suspend the person'), ('lift', 'End the suspension'), ('uphold', 'The decision stands'), ('overturn', 'Undo the decision')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['publish', 'ask', 'decline', 'merge', 'keep', 'unfounded', 'warn-notifier', 'pause-notifier', 'unpublish', 'hide', 'restore', 'lock', 'unlock', 'dispute', 'undispute', 'redact', 'accept', 'corrected', 'recheck', 'void', 'warn', 'suspend', 'lift', 'uphold', 'overturn'])), name='moderation_decision_act_known'),
        ),
        migrations.RunPython(add, take_away),
    ]
