"""Mail that moderation sends: plain text from a template, queued with the transaction that sends it."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string


def send(subject: str, name: str, address: str, context: Mapping[str, object]) -> None:
    """Send the mail that the template `name` says to an address."""
    body = render_to_string(f"moderation/mail/{name}.txt", {**context, "site_name": settings.SITE_NAME})
    message = EmailMessage(f"[{settings.SITE_NAME}] {subject}", body, to=[address])
    # Answers of machines to machines would go in circles.
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.send()
