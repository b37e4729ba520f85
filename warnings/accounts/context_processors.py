"""Make the number of unread notifications available to templates."""

from typing import Any

from django.http import HttpRequest

from accounts.models import Notification


def unread_notifications(request: HttpRequest) -> dict[str, Any]:
    """Return a callable with the number of unread notifications, so that only pages that show it run the query."""
    return {"unread_notifications": lambda: Notification.objects.to(request.user).unread().count()}
