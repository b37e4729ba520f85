"""An index of the reports that name a tool which is not in the directory."""

from django.db import migrations, models

from common.db.online_index import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reports", "0007_coverings")]

    operations = [
        AddIndexOnline(
            model_name="report",
            index=models.Index(
                condition=models.Q(("proposed_tool", ""), _negated=True), fields=["id"], name="reports_report_proposing"
            ),
        ),
    ]
