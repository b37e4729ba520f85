"""Background tasks of accounts."""

from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from django.conf import settings
from django.http import HttpRequest
from django_tasks import task


@task()
def send_password_reset(email: str) -> None:
    """Send a password reset link if an account has this address. The page does not reveal whether one has."""
    users = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
    if not users:
        return
    request = _request_of_the_site()
    with context.request_context(request):
        request_password_reset(request, email, users, default_token_generator)


def _request_of_the_site() -> HttpRequest:
    """Return a request with the public host and scheme, from which links in mail are built."""
    parts = urlsplit(settings.PUBLIC_URL)
    request = HttpRequest()
    request.META = {
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "wsgi.url_scheme": parts.scheme,
    }
    return request
