"""An index for the most helpful comments of a warning."""

from django.db import migrations, models

from common.live_index import AddLiveIndex


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reports", "0010_warnings_taken_down")]

    operations = [
        AddLiveIndex(
            model_name="comment",
            index=models.Index(fields=["warning", "status", "-helpfulness", "-id"], name="reports_comment_helpful"),
        ),
    ]
