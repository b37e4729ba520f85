"""The pages app."""

from django.apps import AppConfig, apps
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate

from pages import checks
from pages.content_triggers import install_triggers


class PagesConfig(AppConfig):
    """Configuration of the pages app."""

    name = "pages"

    def ready(self) -> None:
        """Register the check, which runs on `manage.py check` and on every start, and what follows migrations."""
        register(checks.admin_path_is_free, Tags.urls)
        # Django sends it for apps with models only. All migrations are done by then.
        sender = apps.get_app_config("moderation")
        post_migrate.connect(install_triggers, sender=sender, dispatch_uid="pages.content_triggers")
