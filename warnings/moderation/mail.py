"""Mail that moderation sends: plain text from a template, queued with the transaction that sends it."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from common.urls import absolute_url
from moderation.choices import Act
from moderation.decisions.effects import abuse_of_notices
from moderation.models import LegalNotice, Statement


def send_mail(subject: str, name: str, address: str, context: Mapping[str, object]) -> None:
    """Send the mail that the template `name` says to an address."""
    body = render_to_string(f"moderation/mail/{name}.txt", {**context, "site_name": settings.SITE_NAME})
    message = EmailMessage(f"[{settings.SITE_NAME}] {subject}", body, to=[address])
    # Answers of machines to machines would go in circles.
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.send()


def send_receipt(notice: LegalNotice, code: str, waits_until: datetime | None) -> None:
    """Confirm at once that a notice arrived (DSA article 16(4)), with the link to what becomes of it.

    `waits_until` is given while notices from its address wait.
    """
    link = absolute_url(reverse("notice_status", kwargs={"code": code}))
    send_mail("Your notice", "receipt", notice.email, {"link": link, "notice": notice, "waits_until": waits_until})


def send_outcome(notice: LegalNotice) -> None:
    """Tell whoever notified that it was decided and where to read it; of the decision only what is about them."""
    if notice.email:
        before = abuse_of_notices.standing_of(notice.email, but=notice)
        context = {
            "decision": notice.decision,
            "unfounded": abuse_of_notices.UNFOUNDED,
            "before": before.unfounded,
            "until": abuse_of_notices.standing_of(notice.email).paused_until,
        }
        send_mail("Your notice was decided", "outcome", notice.email, context)


def send_reopened(notice: LegalNotice) -> None:
    """Tell whoever notified that the decision was undone."""
    if notice.email and notice.decision:
        paused = notice.decision.act == Act.PAUSE_NOTIFIER
        send_mail("The decision on your notice was undone", "reopened", notice.email, {"paused": paused})


def send_appeal_outcome(notice: LegalNotice, *, overturned: bool) -> None:
    """Tell whoever notified what became of their appeal; the answer stands on the notice's page."""
    if notice.email:
        send_mail("Your appeal was decided", "appeal", notice.email, {"overturned": overturned})


def send_proof(statement: Statement, token: str) -> None:
    """Send the link that proves that somebody reads mail at a vendor's domain."""
    link = absolute_url(reverse("prove_statement", kwargs={"public_id": statement.public_id, "token": token}))
    context = {"link": link, "tool": statement.tool.name}
    send_mail("Please confirm your statement", "proof", statement.email, context)
