"""The accounts app."""

import importlib
from datetime import timedelta

from django.apps import AppConfig

from common.schedule import Job, register


class AccountsConfig(AppConfig):
    """Configuration of the accounts app."""

    name = "accounts"

    def ready(self) -> None:
        """Register the periodic job."""
        digests = importlib.import_module("accounts.digests")
        register(Job("digests", timedelta(hours=1), digests.send_due))
