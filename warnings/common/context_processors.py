"""Make data about the site and the request available to templates."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from common.urls import absolute_url


def site_context(request: HttpRequest) -> dict[str, Any]:
    """Return the context that all templates share.

    Without a session cookie, the session is not touched, so that readers get no cookie.
    """
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES and hasattr(request, "user")
    return {
        "has_session": has_session,
        "viewer": request.user if has_session and request.user.is_authenticated else None,
        "site_name": settings.SITE_NAME,
        "public_url": settings.PUBLIC_URL,
        "canonical_url": absolute_url(request.path),
        "contact_email": settings.CONTACT_EMAIL,
        "section": request.path.strip("/").partition("/")[0],
    }
