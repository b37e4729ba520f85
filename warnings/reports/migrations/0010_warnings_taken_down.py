"""When a warning was taken down: it counts for its author's trust until it is forgotten."""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def date_those_that_are(apps: Any, schema_editor: Any) -> None:
    """The last change is the nearest that is known of those that were taken down before."""
    warnings = apps.get_model("reports", "Warning").objects.using(schema_editor.connection.alias)
    warnings.filter(status="unpublished").update(taken_down_at=F("updated_at"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_long_reasons")]

    operations = [
        migrations.AddField(
            model_name="warning",
            name="taken_down_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(date_those_that_are, migrations.RunPython.noop),
    ]
