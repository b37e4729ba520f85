"""The accounts app."""

import importlib

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Configuration of the accounts app."""

    name = "accounts"

    def ready(self) -> None:
        """Register the periodic jobs."""
        importlib.import_module("accounts.jobs")
