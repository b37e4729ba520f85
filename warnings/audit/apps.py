"""The audit app."""

import importlib

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Configuration of the audit app. Only `audit.log.record` writes to the log."""

    name = "audit"

    def ready(self) -> None:
        """Register the periodic jobs."""
        importlib.import_module("audit.jobs")
