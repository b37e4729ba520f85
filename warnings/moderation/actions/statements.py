"""Create, verify and delete vendors' statements. Each action is one transaction."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit import log
from directory.models import Tool
from moderation import mail
from moderation.actions.cases import close_case
from moderation.choices import CaseKind, StatementState
from moderation.models import Case, Statement
from moderation.priority import Signs, due_at
from reports.actions import warnings
from reports.tracking_codes import hash_of

UNVERIFIED_KEPT = timedelta(days=14)
SENT_AGAIN = timedelta(days=1)
WITHDRAWABLE = frozenset({StatementState.PENDING, StatementState.PUBLISHED})


@transaction.atomic
def begin_statement(*, tool: Tool, fields: Mapping[str, Any]) -> Statement:
    """Create an unverified statement and mail a verification link to the address, if there is one.

    The same statement sent again within a day is the first one. `fields` are the form's cleaned data.
    """
    Tool.objects.select_for_update().get(pk=tool.pk)
    named = {name: fields[name] for name in ("speaker", "domain", "email", "body")}
    waiting = Statement.objects.filter(tool=tool, state=StatementState.UNVERIFIED, **named)
    if known := waiting.filter(at__gt=timezone.now() - SENT_AGAIN).first():
        return known
    token = secrets.token_urlsafe(24)
    row: Statement = Statement.objects.create(
        tool=tool,
        speaker=fields["speaker"],
        domain=fields["domain"],
        email=fields["email"],
        token_hash=hash_of(token),
        **warnings.rendered(fields["body"], Statement),
    )
    if row.email:
        mail.send_proof(row, token)
    return row


@transaction.atomic
def verify_statement(*, statement: Statement, proof: str, now: datetime | None = None) -> Case:
    """Record how a domain was verified and open the statement's case. Idempotent."""
    row = Statement.objects.select_for_update(of=("self",)).select_related("tool").get(pk=statement.pk)
    if row.case is not None:
        return row.case
    now = now or timezone.now()
    case: Case = Case.objects.create(
        kind=CaseKind.STATEMENT,
        key=f"statement:{row.pk}",
        title=f"{row.tool.name}: {row.speaker}"[:300],
        opened_at=now,
        due_at=due_at(CaseKind.STATEMENT, now, Signs()),
    )
    row.case, row.proof, row.verified_at, row.state, row.email = case, proof, now, StatementState.PENDING, ""
    row.save()
    log.record(actor=row.domain, verb="statement.verify", target=f"statement {row.public_id}")
    return case


@transaction.atomic
def withdraw_statement(*, statement: Statement) -> bool:
    """Withdraw a statement that is shown or waits, and close its case; return whether it was withdrawn.

    Its text stays with the decision on it, and nothing shows it any more. Idempotent.
    """
    cases = list(Case.objects.select_for_update(of=("self",)).filter(statement=statement))
    row = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if row.state not in WITHDRAWABLE:
        return row.state == StatementState.WITHDRAWN
    row.state = StatementState.WITHDRAWN
    row.save(update_fields=["state"])
    for case in cases:
        close_case(case=case)
    log.record(actor=row.domain, verb="statement.withdraw", target=f"statement {row.public_id}")
    return True


@transaction.atomic
def drop_statement(*, statement: Statement) -> None:
    """Delete an unverified statement."""
    Statement.objects.filter(pk=statement.pk, state=StatementState.UNVERIFIED).delete()
