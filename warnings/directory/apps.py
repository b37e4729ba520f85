"""The directory app."""

import importlib
from datetime import timedelta

from django.apps import AppConfig
from django.utils import timezone

from common.schedule import Job, register


class DirectoryConfig(AppConfig):
    """Tools, features, tactics and marketplaces, each fact with its sources."""

    name = "directory"

    def ready(self) -> None:
        """Connect the signal receivers and register the periodic job: facts become stale with time."""
        importlib.import_module("directory.receivers")
        assessments = importlib.import_module("directory.actions.assessments")
        register(
            Job(
                "assessments",
                timedelta(days=1),
                lambda now: assessments.refresh_assessments(today=timezone.localdate(now)),
            )
        )
