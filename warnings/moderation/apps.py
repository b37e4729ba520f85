"""The moderation app."""

import importlib

from django.apps import AppConfig

from common.http import rate_limits


class ModerationConfig(AppConfig):
    """Configuration of the moderation app."""

    name = "moderation"

    def ready(self) -> None:
        """Connect the signal receivers, register the periodic jobs, and let administrators override rate limits."""
        importlib.import_module("moderation.receivers")
        importlib.import_module("moderation.jobs")
        chosen = importlib.import_module("moderation.chosen_limits")
        rate_limits.Chosen.most_of = staticmethod(chosen.chosen_most)
