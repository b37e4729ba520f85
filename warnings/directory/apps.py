"""The directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Tools, features, tactics and marketplaces, each fact with its sources."""

    name = "directory"
