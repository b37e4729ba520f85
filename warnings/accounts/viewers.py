"""Return who sends a request, and from which address of the site."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.addresses import Address
from accounts.models import User


def viewer_of(request: HttpRequest) -> User | None:
    """Return the signed-in user, or None. Without a session cookie, do not touch the session, so that none is set."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if isinstance(request.user, User) else None


def person_of(request: HttpRequest) -> User:
    """Return the signed-in user of a view that requires sign-in. Raises PermissionDenied if there is none."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def address_of(request: HttpRequest) -> Address:
    """Return the address at which the browser sees this page."""
    return Address(f"{request.scheme}://{request.get_host()}", settings.PUBLIC_URL)
