"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only log, written only by `audit.log.record`."""

    name = "audit"
