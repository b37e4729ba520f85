"""The search app."""

import importlib

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding what somebody typed."""

    name = "search"

    def ready(self) -> None:
        """Listen for changes."""
        importlib.import_module("search.receivers")
