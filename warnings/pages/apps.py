"""The pages app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Home, explanations, sitemap, health."""

    name = "pages"
