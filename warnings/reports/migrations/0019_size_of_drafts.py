"""Store how many bytes each draft has, so that all drafts together can be bounded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0018_deleted_comments")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="size",
            field=models.PositiveIntegerField(default=0, help_text="Bytes of the fields as JSON."),
        ),
    ]
