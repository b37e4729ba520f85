"""Open and close appeals. Each action is one transaction."""

from datetime import timedelta
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from accounts.permissions import STAFF
from audit import log
from common.errors import ForewarnedError
from moderation.choices import AUTHOR, CaseKind, CaseState
from moderation.models import Appeal, Case, Decision
from moderation.policies.appeals import why_not_appeal
from moderation.priority import Signs, due_at
from reports.actions.moderation import retain_evidence

# The longest an appeal may take, as promised to the appellant.
DECIDED_WITHIN = timedelta(days=14)
PICTURES_HELD = timedelta(days=60)


class AppealError(ForewarnedError, PermissionDenied):
    """This decision cannot be appealed, or not by this user. The message gives the reason."""

    status = HTTPStatus.FORBIDDEN


@transaction.atomic
def appeal(*, decision: Decision, text: str, by: User | None, role: str = AUTHOR) -> Appeal:
    """Appeal against a decision; each person concerned can do so once. Raises AppealError."""
    now = timezone.now()
    row = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    refusal = why_not_appeal(row, by, role, now)
    if refusal:
        raise AppealError(refusal)
    today = timezone.localdate()
    case = Case.objects.create(
        kind=CaseKind.APPEAL,
        key=f"appeal:{row.pk}:{role}:{by.pk if by else ''}",
        title=row.title,
        opened_at=now,
        due_at=due_at(CaseKind.APPEAL, now, Signs()),
    )
    made: Appeal = Appeal.objects.create(
        decision=row, case=case, by=by, role=role, text=text, due_at=now + DECIDED_WITHIN
    )
    if row.report is not None:
        # Keep the pictures for as long as the appeal can restore the report.
        retain_evidence(report=row.report, until=max(row.report.held_until or today, today + PICTURES_HELD))
    log.record(actor=by.handle if by else "anonymous", verb="appeal.begin", target=f"decision {row.public_id}")
    _notify_moderators(made)
    return made


@transaction.atomic
def close_with_account(*, user: User) -> None:
    """Close the open appeals of a user whose account is being erased."""
    for row in Appeal.objects.filter(by=user, case__state=CaseState.OPEN).select_related("case"):
        row.case.state, row.case.closed_at = CaseState.CLOSED, timezone.now()
        row.case.save(update_fields=["state", "closed_at"])


def _notify_moderators(made: Appeal) -> None:
    others = User.objects.filter(trust_level__in=STAFF).exclude(pk=made.decision.by_id or 0)
    notifications.notify(
        recipients=others,
        kind=NotificationKind.CASE,
        key="appeal",
        text="An appeal waits for a moderator who did not decide before",
        address=made.case.get_absolute_url(),
    )
