"""The app that all others build on. It imports no other app and has no tables."""

import importlib

from django.apps import AppConfig
from django.core.checks import Tags, register

from common import checks


class CommonConfig(AppConfig):
    """Configuration of the common app: system checks of the layout and the database library, and its jobs."""

    name = "common"

    def ready(self) -> None:
        """Register the checks, which run on `manage.py check` and on every start, and the periodic jobs."""
        register(checks.apps_folder_is_not_a_package, Tags.compatibility)
        register(checks.sqlite_is_safe_for_this_many_processes, Tags.database)
        importlib.import_module("common.jobs")
