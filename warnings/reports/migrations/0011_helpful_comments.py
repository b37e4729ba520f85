"""An index for the most helpful comments of a warning."""

from django.db import migrations, models

from common.db.online_index import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reports", "0010_warnings_taken_down")]

    operations = [
        AddIndexOnline(
            model_name="comment",
            index=models.Index(fields=["warning", "status", "-helpfulness", "-id"], name="reports_comment_helpful"),
        ),
    ]
