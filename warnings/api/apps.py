"""The API app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Configuration of the API app."""

    name = "api"
