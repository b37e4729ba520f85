"""Resolve and reopen legal notices, in the transaction of the decision."""

from moderation import mail
from moderation.models import Case, Decision, LegalNotice


def resolve_notice(case: Case, decision: Decision) -> None:
    """Link a legal notice to its decision and mail the outcome to the sender."""
    notice = LegalNotice.objects.filter(case=case).first()
    if notice is None:
        return
    notice.decision = decision
    notice.save(update_fields=["decision"])
    mail.send_outcome(notice)


def reopen_notice(decision: Decision) -> None:
    """Notify the sender of a legal notice that it is pending again. Its page keeps showing the decision."""
    for notice in LegalNotice.objects.filter(decision=decision).select_related("decision"):
        mail.send_reopened(notice)
