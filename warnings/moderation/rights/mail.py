"""Mail to those who notify of something, and to vendors who want to state something."""

from datetime import datetime

from django.urls import reverse

from common.urls import absolute_url
from moderation.mailing import send
from moderation.models import LegalNotice, Statement
from moderation.rights import misuse
from moderation.words import Act


def send_receipt(notice: LegalNotice, code: str, waits_until: datetime | None) -> None:
    """Confirm at once that a notice arrived (DSA article 16(4)), with the link to what becomes of it.

    `waits_until` is given while notices from its address wait.
    """
    link = absolute_url(reverse("notice_status", kwargs={"code": code}))
    send("Your notice", "receipt", notice.email, {"link": link, "notice": notice, "waits_until": waits_until})


def send_outcome(notice: LegalNotice) -> None:
    """Tell whoever notified that it was decided and where to read it; of the decision only what is about them."""
    if notice.email:
        before = misuse.standing_of(notice.email, but=notice)
        context = {
            "decision": notice.decision,
            "unfounded": misuse.UNFOUNDED,
            "before": before.unfounded,
            "until": misuse.standing_of(notice.email).paused_until,
        }
        send("Your notice was decided", "outcome", notice.email, context)


def send_reopened(notice: LegalNotice) -> None:
    """Tell whoever notified that the decision was undone."""
    if notice.email and notice.decision:
        paused = notice.decision.act == Act.PAUSE_NOTIFIER
        send("The decision on your notice was undone", "reopened", notice.email, {"paused": paused})


def send_appeal_outcome(notice: LegalNotice, *, overturned: bool) -> None:
    """Tell whoever notified what became of their appeal; the answer stands on the notice's page."""
    if notice.email:
        send("Your appeal was decided", "appeal", notice.email, {"overturned": overturned})


def send_proof(statement: Statement, token: str) -> None:
    """Send the link that proves that somebody reads mail at a vendor's domain."""
    link = absolute_url(reverse("prove_statement", kwargs={"public_id": statement.public_id, "token": token}))
    context = {"link": link, "tool": statement.tool.name}
    send("Please confirm your statement", "proof", statement.email, context)
