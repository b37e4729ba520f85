"""A decision has a public reason. The column keeps its name, so the database has nothing to do."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0014_claims")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField(model_name="decision", old_name="told", new_name="public_reason"),
                migrations.AlterField(
                    model_name="decision",
                    name="public_reason",
                    field=models.TextField(blank=True, db_column="told"),
                ),
                migrations.AlterField(
                    model_name="referral",
                    name="case",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referrals",
                        to="moderation.case",
                    ),
                ),
            ]
        )
    ]
