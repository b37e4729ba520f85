"""Record legal threats, and erase old ones. Each action is one transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import log
from moderation.models import LegalThreat
from moderation.policies.cases import require_moderator

# In most places, claims about a publication expire after three years, and the evidence is no longer needed.
KEPT = timedelta(days=3 * 365)
SENT_AGAIN = timedelta(days=1)


@transaction.atomic
def record_legal_threat(*, actor: User, fields: Mapping[str, Any]) -> LegalThreat:
    """Record a legal threat against the site. Idempotent within a day. Raises PermissionDenied.

    `fields` are the form's cleaned data.
    """
    require_moderator(actor)
    if known := LegalThreat.objects.filter(by=actor, at__gt=timezone.now() - SENT_AGAIN, **fields).first():
        return known
    made: LegalThreat = LegalThreat.objects.create(by=actor, **fields)
    log.record(actor=actor.handle, verb="threat.record", target=f"threat {made.pk}", after={"kind": made.kind})
    return made


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """Erase the sender and words of old records but keep the records; return their number."""
    return LegalThreat.objects.readable().filter(at__lt=now - KEPT).update(sender="", words="")
