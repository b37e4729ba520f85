"""Finding cases and decisions for moderators, and one's own decisions for everybody: 404 for strangers to them."""

import uuid
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.permissions import may
from moderation.deciding.policies import why_not
from moderation.models import Case, Decision
from reports.models import Report

# How many cases are read at once when the next one is looked for; nearly always the first will do.
NEXT_AT_ONCE = 20


def require_desk(user: Any) -> None:
    """Raises PermissionDenied for everybody who does not moderate."""
    if not may("decide", user):
        raise PermissionDenied("Moderators only.")


def get_case(user: Any, public_id: uuid.UUID) -> Case:
    """A case for a moderator, open or closed. Raises PermissionDenied or Http404."""
    require_desk(user)
    found = Case.objects.filter(public_id=public_id).first()
    if found is None:
        raise Http404("There is no such case.")
    return found


def next_case(user: Any, chosen: dict[str, str], now: datetime, but: Case | None = None) -> Case | None:
    """The most urgent case of a selection that a moderator may take now; None when there is none.

    Whoever may not decide for another reason than that it is theirs (they flagged it, or declared a connection) is
    led past it, so that it does not come up again and again.
    """
    rows = Case.objects.open().chosen(chosen, user, now).free_for(user, now).not_of(user)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    waiting = rows.with_subjects().order_by("due_at", "pk").iterator(chunk_size=NEXT_AT_ONCE)
    return next((case for case in waiting if not why_not(user, case)), None)


def get_decision(user: Any, public_id: uuid.UUID) -> Decision:
    """A decision for moderators, or for the person that it concerns. Raises Http404."""
    found = (
        Decision.objects.select_related("reason", "by", "person", "report", "undone_by", "case")
        .filter(public_id=public_id)
        .first()
    )
    if found is None or not (may("decide", user) or (user.is_authenticated and found.concerns(user))):
        raise Http404("There is no such decision.")
    return found


def get_decision_on(report: Report, public_id: uuid.UUID) -> Decision:
    """A decision on a report that somebody holds the code of. Raises Http404."""
    found = report.decisions.select_related("reason").filter(public_id=public_id).first()
    if found is None:
        raise Http404("There is no such decision.")
    return found
