"""Recording threats; each action is one transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from audit import log
from moderation.models import LegalThreat
from moderation.policies.cases import require_moderator

# A claim for what was published comes within three years in most places; then nobody has to prove anything any more.
KEPT = timedelta(days=3 * 365)


@transaction.atomic
def record_legal_threat(*, actor: User, fields: Mapping[str, Any]) -> LegalThreat:
    """Record that the site was threatened: `fields` are those of the form. Raises PermissionDenied."""
    require_moderator(actor)
    made: LegalThreat = LegalThreat.objects.create(by=actor, **fields)
    log.record(actor=actor.handle, verb="threat.record", target=f"threat {made.pk}", after={"kind": made.kind})
    return made


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """Forget who threatened and what they said in records that are old; that there was one stays. Return how many."""
    return LegalThreat.objects.readable().filter(at__lt=now - KEPT).update(sender="", words="")
