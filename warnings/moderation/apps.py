"""The moderation app."""

import importlib

from django.apps import AppConfig

from common.http import rate_limits


class ModerationConfig(AppConfig):
    """Cases and what becomes of them."""

    name = "moderation"

    def ready(self) -> None:
        """Listen for what begins to wait and for passages that are removed; let rate limits be chosen."""
        importlib.import_module("moderation.receivers")
        chosen = importlib.import_module("moderation.chosen_limits")
        rate_limits.Chosen.most_of = staticmethod(chosen.chosen_most)
