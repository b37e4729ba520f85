"""Record referrals to law enforcement. Each action is one transaction."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import log
from moderation.models import Case, Referral
from moderation.policies.cases import require_moderator
from reports.actions.moderation import retain_evidence
from reports.models import Report

# The duration of the legal hold, and how long the text of a record is stored.
LEGAL_HOLD = timedelta(days=183)
KEPT = timedelta(days=365)


@transaction.atomic
def record_referral(
    *, actor: User, case: Case, authority: str, reference: str, words: str, told_at: datetime
) -> Referral:
    """Record a referral to law enforcement and place the subject of the case under a legal hold.

    Any moderator may do this, even if another has claimed the case: danger does not wait. The same record sent again
    is the first one. Raises PermissionDenied.
    """
    require_moderator(actor)
    fields = {"case": case, "authority": authority, "reference": reference, "words": words, "told_at": told_at}
    if known := Referral.objects.filter(by=actor, **fields).first():
        return known
    made: Referral = Referral.objects.create(by=actor, **fields)
    for report in _reports(case):
        retain_evidence(report=report, until=timezone.localdate() + LEGAL_HOLD)
    log.record(actor=actor.handle, verb="authority.told", target=f"told authority {made.public_id}")
    return made


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """Erase the text and reference of old records but keep the records; return their number."""
    old = Referral.objects.readable().filter(at__lt=now - KEPT)
    return old.update(words="", reference="")


def _reports(case: Case) -> list[Report]:
    if case.report is not None:
        return [case.report]
    return list(case.warning.reports.all()) if case.warning is not None else []
