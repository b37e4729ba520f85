"""What every page shows of somebody's notices."""

from typing import Any

from django.http import HttpRequest

from accounts.models import Notice


def unread_notices(request: HttpRequest) -> dict[str, Any]:
    """How many notices wait, counted where a page asks for it."""
    return {"unread_notices": lambda: Notice.objects.to(request.user).unread().count()}
