"""The pages app."""

import importlib
from datetime import timedelta

from django.apps import AppConfig
from django.core.checks import Tags, register

from common import schedule
from pages import checks


class PagesConfig(AppConfig):
    """Configuration of the pages app."""

    name = "pages"

    def ready(self) -> None:
        """Register the check, which runs on `manage.py check` and on every start, and the periodic job."""
        register(checks.admin_path_is_free, Tags.urls)
        expiry = importlib.import_module("pages.expiry")
        schedule.register(schedule.Job("tidy", timedelta(days=1), expiry.tidy_site))
