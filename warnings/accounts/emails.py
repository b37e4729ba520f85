"""The verified e-mail address of a person."""

from typing import Any

from allauth.account.models import EmailAddress


def verified_email(user: Any) -> str | None:
    """The address that mail may go to: only one that its owner has confirmed."""
    found: str | None = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True).first()
    return found
