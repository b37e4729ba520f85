"""Mail to those who notify of something, and to vendors who want to state something."""

from django.urls import reverse

from common.addresses import absolute
from moderation.mailing import send
from moderation.models import LegalNotice, Statement


def send_receipt(notice: LegalNotice, code: str) -> None:
    """Confirm at once that a notice arrived (DSA article 16(4)), with the link to what becomes of it."""
    link = absolute(reverse("notice_status", kwargs={"code": code}))
    send("Your notice", "receipt", notice.email, {"link": link, "notice": notice})


def send_outcome(notice: LegalNotice) -> None:
    """Tell whoever notified that it was decided, and where to read it; nothing of what."""
    if notice.email:
        send("Your notice was decided", "outcome", notice.email, {"notice": notice})


def send_proof(statement: Statement, token: str) -> None:
    """Send the link that proves that somebody reads mail at a vendor's domain."""
    link = absolute(reverse("prove_statement", kwargs={"public_id": statement.public_id, "token": token}))
    context = {"link": link, "tool": statement.tool.name}
    send("Please confirm your statement", "proof", statement.email, context)
