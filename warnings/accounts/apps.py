"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People: the user and the trust they have earned."""

    name = "accounts"
