"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only memory with one door, `audit.log.record`."""

    name = "audit"
