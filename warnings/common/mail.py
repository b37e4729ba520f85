"""Send mail in the background. Each message is a task, so that a slow mail server delays no request."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_tasks import task

logger = logging.getLogger(__name__)

# Minutes before each retry.
TRY_AGAIN_AFTER = (1, 5, 30, 180, 720)


class QueuedBackend(BaseEmailBackend):
    """A mail backend that queues each message as a task; `DELIVERY_BACKEND` delivers it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue plain-text messages; return their number."""
        for message in email_messages:
            deliver.enqueue(
                subject=str(message.subject),
                body=str(message.body),
                sender=message.from_email,
                to=list(message.to),
                headers={name: str(value) for name, value in message.extra_headers.items()},
            )
        return len(email_messages)


@task()
def deliver(subject: str, body: str, sender: str, to: list[str], headers: dict[str, str], tried: int = 0) -> None:
    """Deliver one message. On failure, retry later and finally give up."""
    message = EmailMessage(
        subject, body, sender, to, headers=headers, connection=get_connection(settings.DELIVERY_BACKEND)
    )
    try:
        message.send()
    except (OSError, SMTPException) as error:
        if tried >= len(TRY_AGAIN_AFTER):
            logger.warning("A mail was given up after %d tries: %s", tried + 1, type(error).__name__)
            return
        later = timezone.now() + timedelta(minutes=TRY_AGAIN_AFTER[tried])
        deliver.using(run_after=later).enqueue(
            subject=subject, body=body, sender=sender, to=to, headers=headers, tried=tried + 1
        )
