"""The signed-in reader of a page that is otherwise the same for everybody."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def viewer_of(request: HttpRequest) -> User | None:
    """The person who reads, or None. Without a session cookie the session is not touched: none is set."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if isinstance(request.user, User) else None


def person_of(request: HttpRequest) -> User:
    """The person who asks, in a view that nobody reaches without signing in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
