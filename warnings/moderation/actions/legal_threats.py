"""Record legal threats, and erase old ones. Each action is one transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from audit import log
from moderation.models import LegalThreat
from moderation.policies.cases import require_moderator

# In most places, claims about a publication expire after three years, and the evidence is no longer needed.
KEPT = timedelta(days=3 * 365)


@transaction.atomic
def record_legal_threat(*, actor: User, fields: Mapping[str, Any]) -> LegalThreat:
    """Record a legal threat against the site. `fields` are the form's cleaned data. Raises PermissionDenied."""
    require_moderator(actor)
    made: LegalThreat = LegalThreat.objects.create(by=actor, **fields)
    log.record(actor=actor.handle, verb="threat.record", target=f"threat {made.pk}", after={"kind": made.kind})
    return made


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """Erase the sender and words of old records but keep the records; return their number."""
    return LegalThreat.objects.readable().filter(at__lt=now - KEPT).update(sender="", words="")
