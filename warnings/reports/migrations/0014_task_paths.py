"""Tasks that wait in the queue are found under the new names of their modules."""

from typing import Any

from django.db import migrations

MOVED = {
    "reports.voting.trusting.settle_trust": "reports.actions.trust.settle_trust",
    "reports.voting.trusting.look_at_everybody_on": "reports.actions.trust.look_at_everybody_on",
    "reports.voting.tasks.scan_votes": "reports.tasks.scan_votes",
    "reports.watching.tasks.tell_watchers": "reports.tasks.tell_watchers",
}


def rename(apps: Any, paths: dict[str, str]) -> None:
    """Change the stored path of each task."""
    results = apps.get_model("django_tasks_database", "DBTaskResult").objects
    for old, new in paths.items():
        results.filter(task_path=old).update(task_path=new)


def forwards(apps: Any, schema_editor: Any) -> None:
    rename(apps, MOVED)


def backwards(apps: Any, schema_editor: Any) -> None:
    rename(apps, {new: old for old, new in MOVED.items()})


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0013_reports_without_a_handle"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
