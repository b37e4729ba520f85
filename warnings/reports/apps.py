"""The reports app."""

import importlib

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Warnings, reports, evidence, revisions, comments, votes and tags."""

    name = "reports"

    def ready(self) -> None:
        """Connect the signal receivers and register the periodic jobs."""
        importlib.import_module("reports.receivers")
        importlib.import_module("reports.jobs")
