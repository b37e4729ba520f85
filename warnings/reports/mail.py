"""Send e-mail to authors who asked for it; it says only that there is news about a report."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.emails import verified_email
from common.urls import absolute_url
from reports.models import Report


def send(report: Report) -> None:
    """Queue an e-mail to a report's author with a link to its page, in the current transaction."""
    address = verified_email(report.author) if report.author else None
    if not address:
        return
    link = absolute_url(reverse("your_report", kwargs={"public_id": report.public_id}))
    body = render_to_string("reports/mail/news.txt", {"link": link, "site_name": settings.SITE_NAME})
    message = EmailMessage(f"[{settings.SITE_NAME}] News about your report", body, to=[address])
    # Prevents mail loops between automatic responders.
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.send()
