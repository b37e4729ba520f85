"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Configuration of the audit app. Only `audit.log.record` writes to the log."""

    name = "audit"
