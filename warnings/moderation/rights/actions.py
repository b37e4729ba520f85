"""Legal notices and statements of vendors; each action is one transaction."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from accounts.permissions import STAFF
from audit import actions as audit
from directory.models import Tool
from moderation.cases.policies import column_of
from moderation.models import Case, LegalNotice, Statement
from moderation.rights import mail
from moderation.rights.misuse import KEPT_AFTER_DECISION, standing_of
from moderation.rights.targets import thing_at, tool_at
from moderation.urgency import Signs, due_at
from moderation.words import CaseKind, NoticeGround, StatementState
from reports.actions import warnings
from reports.tracking_codes import hash_of

# Within which a notice is decided, as it is told to whoever sends one.
DECIDED_WITHIN = timedelta(hours=48)
UNVERIFIED_KEPT = timedelta(days=14)


@transaction.atomic
def send_notice(*, submission_key: str, code: str, fields: Mapping[str, Any]) -> LegalNotice:
    """Take a notice: a case above all others. Sent twice, it is one. A receipt goes out by mail where wanted.

    While notices from its address wait, this one does too, but for those of sexual abuse. Only the mail says so: the
    page would tell whoever types somebody's address. `fields` are the cleaned ones of the form.
    """
    known = LegalNotice.objects.filter(submission_key=submission_key).first()
    if known is not None:
        return known
    now, thing = timezone.now(), thing_at(fields["url"])
    column = {column_of(thing): thing} if thing is not None else {}
    tool = tool_at(fields["url"])
    waits = fields["ground"] != NoticeGround.ABUSE and standing_of(fields["email"])
    until = waits.paused_until if waits and waits.is_paused(now) else None
    case = Case.objects.create(
        kind=CaseKind.NOTICE,
        key=f"notice:{submission_key}"[:60],
        title=getattr(getattr(thing, "warning", thing), "title", tool.name if tool else fields["url"])[:300],
        opened_at=now,
        due_at=until or due_at(CaseKind.NOTICE, now, Signs()),
        **column,
    )
    told = {name: fields[name] for name in ("url", "ground", "explanation", "law", "name", "email")}
    notice: LegalNotice = LegalNotice.objects.create(
        case=case,
        code_hash=hash_of(code),
        submission_key=submission_key,
        due_at=now + DECIDED_WITHIN,
        **told,
        **({} if isinstance(thing, User) else column),
    )
    if notice.email:
        mail.send_receipt(notice, code, until)
    audit.record(actor="notifier", verb="notice.send", target=f"notice {notice.public_id}")
    if until is None:
        _tell_moderators(case, "A legal notice waits")
    return notice


@transaction.atomic
def begin_statement(*, tool: Tool, fields: Mapping[str, Any]) -> Statement:
    """Take a statement that nobody has proved yet. With an address at the domain a mail goes there, whose link proves
    that it arrived. `fields` are the cleaned ones of the form."""
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
    """Note how a domain was proved, and let the statement wait for a moderator; doing so twice changes nothing."""
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
    audit.record(actor=row.domain, verb="statement.verify", target=f"statement {row.public_id}")
    return case


@transaction.atomic
def drop_statement(*, statement: Statement) -> None:
    """Take a statement back that waits for its proof."""
    Statement.objects.filter(pk=statement.pk, state=StatementState.UNVERIFIED).delete()


@transaction.atomic
def tidy(*, now: datetime) -> dict[str, int]:
    """Erase who sent notices that were decided long ago, and statements that nobody proved."""
    done = LegalNotice.objects.filter(
        decision__at__lt=now - KEPT_AFTER_DECISION, decision__undone_at__isnull=True, erased_at__isnull=True
    )
    notices = done.update(name="", email="", erased_at=now)
    unproved = Statement.objects.filter(state=StatementState.UNVERIFIED, at__lt=now - UNVERIFIED_KEPT)
    return {"notices": notices, "statements": unproved.delete()[0]}


def _tell_moderators(case: Case, words: str) -> None:
    notifications.notify(
        recipients=User.objects.filter(trust_level__in=STAFF),
        kind=NotificationKind.CASE,
        key="notice",
        text=words,
        address=case.get_absolute_url(),
    )
