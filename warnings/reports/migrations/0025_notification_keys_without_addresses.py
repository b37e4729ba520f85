"""Notifications about a warning are found by its primary key: its address may hold what was redacted since."""

from django.db import migrations

_KINDS = ("watched", "mention", "answer", "own-warning", "edited")
_BATCH = 1_000


def name_by_primary_key(apps, schema_editor):
    """Replace addresses in the keys of notifications by primary keys, also old addresses of redacted warnings."""
    notifications = apps.get_model("accounts", "Notification").objects.using(schema_editor.connection.alias)
    warnings = apps.get_model("reports", "Warning").objects.using(schema_editor.connection.alias)
    for kind in _KINDS:
        last = 0
        while rows := list(notifications.filter(key__startswith=f"{kind}:", pk__gt=last).order_by("pk")[:_BATCH]):
            last = rows[-1].pk
            slugs = {row.key.removeprefix(f"{kind}:") for row in rows}
            keys = dict(warnings.filter(slug__in=slugs).values_list("slug", "pk"))
            for row in rows:
                row.key = f"{kind}:{keys.get(row.key.removeprefix(f'{kind}:'), f'gone-{row.pk}')}"
            notifications.bulk_update(rows, ["key"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("reports", "0024_answers_to_a_comment"), ("accounts", "0007_handles_by_look")]

    operations = [migrations.RunPython(name_by_primary_key, migrations.RunPython.noop, elidable=True)]
