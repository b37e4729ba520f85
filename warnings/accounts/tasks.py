"""Background tasks of accounts."""

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from django.http import HttpRequest
from django_tasks import task


@task()
def send_password_reset(email: str) -> None:
    """Send a password reset link if an account has this address. The page does not reveal whether one has."""
    users = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
    if not users:
        return
    request = HttpRequest()
    with context.request_context(request):
        request_password_reset(request, email, users, default_token_generator)
