"""The pages app."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from pages import checks


class PagesConfig(AppConfig):
    """Home, explanations, sitemap, health; the window into the tables."""

    name = "pages"

    def ready(self) -> None:
        """Hook the check into `manage.py check` and every start."""
        register(checks.admin_path_is_free, Tags.urls)
