"""The directory app."""

import importlib

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Tools, features, tactics and marketplaces, each fact with its sources."""

    name = "directory"

    def ready(self) -> None:
        """Connect the signal receivers and register the periodic jobs."""
        importlib.import_module("directory.receivers")
        importlib.import_module("directory.jobs")
