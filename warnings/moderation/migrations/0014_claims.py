"""A case is claimed. The columns keep their names, so the database has nothing to do."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0013_referrals_and_legal_threats"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField(model_name="case", old_name="leased_until", new_name="claim_expires_at"),
                migrations.AlterField(
                    model_name="case",
                    name="claim_expires_at",
                    field=models.DateTimeField(blank=True, db_column="leased_until", null=True),
                ),
                migrations.RenameField(model_name="case", old_name="leased_to", new_name="claimed_by"),
                migrations.AlterField(
                    model_name="case",
                    name="claimed_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_column="leased_to_id",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ]
        )
    ]
