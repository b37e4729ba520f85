"""Sessions name their times as other rows do. The columns keep their names, so the database has nothing to do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_notifications_and_cache_entries")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField(model_name="session", old_name="began_at", new_name="created_at"),
                migrations.AlterField(
                    model_name="session",
                    name="created_at",
                    field=models.DateTimeField(blank=True, db_column="began_at", null=True),
                ),
                migrations.RenameField(model_name="session", old_name="seen_on", new_name="last_seen_on"),
                migrations.AlterField(
                    model_name="session",
                    name="last_seen_on",
                    field=models.DateField(blank=True, db_column="seen_on", null=True),
                ),
            ]
        )
    ]
