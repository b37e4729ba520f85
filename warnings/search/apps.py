"""The search app."""

import importlib

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Full-text search and name matching."""

    name = "search"

    def ready(self) -> None:
        """Connect the signal receivers."""
        importlib.import_module("search.receivers")
