"""Raise alarms about votes, for moderators to decide."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from accounts.permissions import STAFF
from reports.choices import AlarmKind
from reports.models import Alarm, Vote
from reports.signals import post_submitted
from reports.vote_rings import Given, bursts, rings

SCANNED_DAYS = 30
MOST_SCANNED = 50_000


@transaction.atomic
def raise_alarms(*, now: datetime) -> int:
    """Scan the votes of the last 30 days for bursts and rings and raise new alarms; return how many."""
    rows = Vote.objects.since(now - timedelta(days=SCANNED_DAYS)).counting().order_by("-created_at")
    named = rows.values_list(
        *("user__handle", "user__joined_at", "created_at", "warning", "comment"),
        *("warning__author__handle", "comment__author__handle", "comment__warning"),
    )
    given = [
        Given(
            voter=voter,
            joined_at=joined,
            at=at,
            post=f"warning-{warning}" if warning else f"comment-{comment}",
            author=by_warning or by_comment or "",
            warning=warning or below,
        )
        for voter, joined, at, warning, comment, by_warning, by_comment, below in named[:MOST_SCANNED]
    ]
    raised = 0
    for burst in bursts(given):
        raised += _alarm(AlarmKind.BURST, burst.key, burst.evidence(), warning=burst.warning)
    for ring in rings(given):
        raised += _alarm(AlarmKind.RING, ring.key, ring.evidence(), member=ring.members[0])
    return raised


def _alarm(
    kind: AlarmKind, key: str, evidence: dict[str, object], *, warning: int | None = None, member: str = ""
) -> int:
    """Raise an alarm unless one with this key exists, and notify the moderators; return how many were raised."""
    alarm, fresh = Alarm.objects.get_or_create(
        key=f"{kind}:{key}"[:100], defaults={"kind": kind, "evidence": evidence, "warning_id": warning}
    )
    if fresh:
        post_submitted.send(sender=Alarm, post=alarm)
        where = alarm.warning.get_absolute_url() if alarm.warning else reverse("profile", kwargs={"handle": member})
        notifications.notify(
            recipients=User.objects.filter(trust_level__in=STAFF),
            kind=NotificationKind.CASE,
            key=f"alarm:{kind}",
            text=f"Votes that need a look: {kind.label.lower()}",
            address=where,
        )
    return int(fresh)
