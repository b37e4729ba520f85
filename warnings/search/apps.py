"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding what somebody typed."""

    name = "search"
