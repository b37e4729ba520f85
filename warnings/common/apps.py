"""The app that all others build on; it imports no other app and owns no tables."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from common import checks


class CommonConfig(AppConfig):
    """Registers the system checks that guard the layout and the database library."""

    name = "common"

    def ready(self) -> None:
        """Hook the checks into `manage.py check` and every start."""
        register(checks.apps_folder_is_not_a_package, Tags.compatibility)
        register(checks.sqlite_is_safe_for_this_many_processes, Tags.database)
