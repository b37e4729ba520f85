"""The reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Warnings, reports, evidence, revisions, comments, votes and tags."""

    name = "reports"
