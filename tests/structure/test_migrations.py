"""The migrations make the tables that the models say."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def test_no_model_is_ahead_of_its_migrations() -> None:
    loader = MigrationLoader(None)
    wanted = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    missing = {app: [str(step.describe()) for migration in found for step in migration.operations] for app, found in wanted.items()}  # fmt: skip
    assert missing == {}
