"""The pages app."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from pages import checks


class PagesConfig(AppConfig):
    """Configuration of the pages app."""

    name = "pages"

    def ready(self) -> None:
        """Register the check, which runs on `manage.py check` and on every start."""
        register(checks.admin_path_is_free, Tags.urls)
