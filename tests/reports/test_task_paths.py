"""Tasks that waited in the queue when their modules moved are found under the new names."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from reports.tasks import scan_votes

moved = import_module("reports.migrations.0014_task_paths")


@pytest.mark.django_db
def test_a_waiting_task_is_renamed_and_back() -> None:
    task = scan_votes.enqueue()
    DBTaskResult.objects.filter(pk=task.id).update(task_path="reports.voting.tasks.scan_votes")
    moved.forwards(apps, None)
    assert DBTaskResult.objects.get(pk=task.id).task_path == "reports.tasks.scan_votes"
    moved.backwards(apps, None)
    assert DBTaskResult.objects.get(pk=task.id).task_path == "reports.voting.tasks.scan_votes"


def test_every_new_name_leads_to_a_task() -> None:
    assert all(import_string(path).enqueue for path in moved.MOVED.values())
