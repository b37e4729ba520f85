"""The verified e-mail address of a user."""

from typing import Any

from allauth.account.models import EmailAddress


def verified_email(user: Any) -> str | None:
    """Return the user's verified address, or None. Mail is sent to verified addresses only."""
    found: str | None = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True).first()
    return found
