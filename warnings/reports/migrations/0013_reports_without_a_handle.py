"""Whether a report leaves out its author's handle; the database has a default, for the release before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0012_automatic_steps")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="unnamed",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Whether its author's handle is left out, here and on its warning.",
            ),
        ),
    ]
