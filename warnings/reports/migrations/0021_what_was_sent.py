"""A hash of what a report was sent as, to tell it from other text that is sent from the same form."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0020_measure_drafts")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="sent_as",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="A keyed hash of all that was sent under its key.",
                max_length=64,
            ),
        ),
    ]
