"""Which steps of reports the software took by itself."""

from typing import Any

from django.db import migrations, models

PUBLISHED_AT_ONCE = ("without text, by a member", "by a trusted member, looked at afterwards")


def mark_those_that_were(apps: Any, schema_editor: Any) -> None:
    """What was published at once says so in its reason, which the software wrote."""
    apps.get_model("reports", "Step").objects.filter(reason__in=PUBLISHED_AT_ONCE).update(automatic=True)


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_helpful_comments")]

    operations = [
        migrations.AddField(
            model_name="step",
            name="automatic",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Whether the software did it: nobody waited for a moderator.",
            ),
        ),
        migrations.RunPython(mark_those_that_were, migrations.RunPython.noop),
    ]
