"""The moderation app."""

import importlib

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Cases and what becomes of them."""

    name = "moderation"

    def ready(self) -> None:
        """Listen for what begins to wait, and for passages that are removed."""
        importlib.import_module("moderation.receivers")
