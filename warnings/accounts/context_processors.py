"""Unread notifications, for every page."""

from typing import Any

from django.http import HttpRequest

from accounts.models import Notification


def unread_notices(request: HttpRequest) -> dict[str, Any]:
    """How many notices wait, counted where a page asks for it."""
    return {"unread_notices": lambda: Notification.objects.to(request.user).unread().count()}
