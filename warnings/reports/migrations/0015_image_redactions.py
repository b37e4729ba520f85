"""The model of redacted images gets its name. Its table keeps its own, so the database has nothing to do."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0014_task_paths")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel(old_name="Covering", new_name="ImageRedaction"),
                migrations.AlterModelTable(name="imageredaction", table="reports_covering"),
            ]
        )
    ]
