"""The reports app."""

import importlib

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReportsConfig(AppConfig):
    """Warnings, reports, evidence, revisions, comments, votes and tags."""

    name = "reports"

    def ready(self) -> None:
        """Connect the signal receivers and register the periodic jobs."""
        install = importlib.import_module("reports.count_triggers").install_triggers
        post_migrate.connect(install, sender=self, dispatch_uid="reports.count_triggers")
        importlib.import_module("reports.receivers")
        importlib.import_module("reports.jobs")
