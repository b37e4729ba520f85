"""The public log of decisions."""

import hashlib
import hmac
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone

from moderation.choices import AppealState, Basis, NoticeGround
from moderation.decisions.available import RESTRICTIONS
from moderation.models import Appeal, Case, Decision, LegalNotice, LegalThreat, Referral
from moderation.transparency.figures import Decided, Month, by_month

MONTHS = 12
LOG_FIELDS = ("id", "day", "what", "kind", "reason", "rule", "basis", "automatic", "by", "undone")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def figures() -> list[Month]:
    """Return the figures of the last twelve months, the newest first."""
    months = _months(timezone.localdate())
    since = months[-1]
    appeals = Appeal.objects.filter(decision=OuterRef("pk"))
    rows = Decision.objects.filter(at__date__gte=since).annotate(
        appealed=Exists(appeals), overturned=Exists(appeals.filter(state=AppealState.OVERTURNED))
    )
    named = rows.values_list(
        *("at", "opened_at", "act", "kind", "reason__label", "automatic", "undone_at", "appealed", "overturned"),
        "basis",
    )
    decided = [
        Decided(
            at=at,
            hours=max(0.0, (at - opened).total_seconds() / 3_600),
            act=act,
            kind=kind,
            reason=reason or "",
            automatic=automatic,
            undone=undone is not None,
            appealed=appealed,
            overturned=overturned,
            own=basis == Basis.OWN and act in RESTRICTIONS,
        )
        for at, opened, act, kind, reason, automatic, undone, appealed, overturned, basis in named.iterator(
            chunk_size=2_000
        )
    ]
    received = Case.objects.filter(opened_at__date__gte=since).values_list("opened_at", flat=True)
    notices = [
        (at, NoticeGround(ground).label)
        for at, ground in LegalNotice.objects.filter(at__date__gte=since).values_list("at", "ground")
    ]
    referred = Referral.objects.filter(at__date__gte=since).values_list("at", flat=True)
    threats = LegalThreat.objects.filter(received_on__gte=since).values_list("received_on", flat=True)
    return by_month(months, decided, received.iterator(chunk_size=2_000), notices, referred, threats)


def who(decision: Decision) -> str:
    """Return the public name of the decider: a role, a pseudonym or the display name, as `MODERATOR_NAMES` says."""
    if decision.automatic:
        return "A rule of the software"
    if settings.MODERATOR_NAMES == "role" or decision.by is None:
        return "A moderator"
    if settings.MODERATOR_NAMES == "name":
        return decision.by.shown_name
    return f"Moderator {pseudonym(decision.by.pk)}"


def pseudonym(key: int) -> str:
    """Return four letters that identify a moderator on this site without revealing who it is."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"moderator {key}".encode(), hashlib.sha256).digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:4])


def log_row(decision: Decision) -> dict[str, Any]:
    """Return a decision as a row of the public log: no free text, and dates instead of times."""
    return {
        "id": str(decision.public_id),
        "day": decision.at.date().isoformat(),
        "what": decision.get_act_display(),
        "kind": decision.kind,
        "reason": decision.reason.label if decision.reason else "",
        "rule": decision.reason.rule if decision.reason else "",
        "basis": decision.get_basis_display(),
        "automatic": decision.automatic,
        "by": who(decision),
        "undone": decision.undone_at.date().isoformat() if decision.undone_at else "",
    }


def _months(today: date) -> list[date]:
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months
