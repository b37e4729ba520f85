"""Fill in the size of the drafts that exist, without locking their table."""

import json
from typing import Any

from django.db import migrations

AT_A_TIME = 200


def measure(apps: Any, schema_editor: Any) -> None:
    drafts = apps.get_model("reports", "Draft").objects.using(schema_editor.connection.alias)
    for draft in drafts.order_by().iterator(chunk_size=AT_A_TIME):
        size = len(json.dumps(draft.fields, ensure_ascii=False).encode())
        drafts.filter(pk=draft.pk).update(size=size)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reports", "0019_size_of_drafts")]

    operations = [migrations.RunPython(measure, migrations.RunPython.noop)]
