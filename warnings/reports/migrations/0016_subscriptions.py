"""What people watch is a subscription. Table and column keep their names, so the database has nothing to do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0015_image_redactions")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField(model_name="watch", old_name="began_at", new_name="created_at"),
                migrations.AlterField(
                    model_name="watch",
                    name="created_at",
                    field=models.DateTimeField(auto_now_add=True, db_column="began_at"),
                ),
                migrations.RenameModel(old_name="Watch", new_name="Subscription"),
                migrations.AlterModelTable(name="subscription", table="reports_watch"),
                migrations.AlterModelOptions(name="subscription", options={"ordering": ("-created_at", "-id")}),
            ]
        )
    ]
