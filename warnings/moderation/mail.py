"""Mail of the moderation app: plain text from templates, queued in the sender's transaction."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from common.urls import absolute_url
from moderation.choices import Act
from moderation.decisions.available import RIGHT
from moderation.decisions.effects import abuse_of_notices
from moderation.models import Decision, LegalNotice, Statement


def send_mail(subject: str, name: str, address: str, context: Mapping[str, object]) -> None:
    """Render the mail template `name` and send it to an address."""
    body = render_to_string(f"moderation/mail/{name}.txt", {**context, "site_name": settings.SITE_NAME})
    message = EmailMessage(f"[{settings.SITE_NAME}] {subject}", body, to=[address])
    # Prevent loops of automatic replies.
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.send()


def send_receipt(notice: LegalNotice, code: str, waits_until: datetime | None) -> None:
    """Confirm the receipt of a notice at once (DSA article 16(4)), with a link to its status.

    `waits_until` is set while notices from its address are paused.
    """
    link = absolute_url(reverse("notice_status", kwargs={"code": code}))
    send_mail("Your notice", "receipt", notice.email, {"link": link, "notice": notice, "waits_until": waits_until})


def send_outcome(notice: LegalNotice) -> None:
    """Mail the sender of a notice that it was decided, with only the parts of the decision that concern them."""
    if notice.email:
        before = abuse_of_notices.sender_history(notice.email, but=notice)
        context = {
            "decision": notice.decision,
            "granted": notice.decision is not None and notice.decision.act in RIGHT,
            "unfounded": abuse_of_notices.UNFOUNDED,
            "before": before.unfounded,
            "until": abuse_of_notices.sender_history(notice.email).paused_until,
        }
        send_mail("Your notice was decided", "outcome", notice.email, context)


def send_reopened(notice: LegalNotice) -> None:
    """Mail the sender of a notice that its decision was undone."""
    if notice.email and notice.decision:
        paused = notice.decision.act == Act.PAUSE_NOTIFIER
        context = {"paused": paused, "notice": notice}
        send_mail("The decision on your notice was undone", "reopened", notice.email, context)


def send_appeal_outcome(notice: LegalNotice, decision: Decision, *, overturned: bool) -> None:
    """Mail the sender of a notice the outcome of their appeal, with the reason if it is one from the list."""
    if notice.email:
        context = {"decision": decision, "overturned": overturned}
        send_mail("Your appeal was decided", "appeal", notice.email, context)


def send_proof(statement: Statement, token: str) -> None:
    """Mail the link that proves that the recipient reads mail at a vendor's domain."""
    link = absolute_url(reverse("prove_statement", kwargs={"public_id": statement.public_id, "token": token}))
    context = {"link": link, "tool": statement.tool.name}
    send_mail("Please confirm your statement", "proof", statement.email, context)
