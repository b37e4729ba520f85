"""Submit legal notices; erase old ones and unverified statements. Each action is one transaction."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from accounts.permissions import STAFF
from audit import log
from common.urls import split_url
from moderation import mail
from moderation.actions.statements import UNVERIFIED_KEPT
from moderation.choices import CaseKind, CaseState, NoticeGround, StatementState
from moderation.decisions.effects.abuse_of_notices import KEPT_AFTER_DECISION, sender_history
from moderation.models import Case, LegalNotice, Statement
from moderation.notice_codes import codes_from
from moderation.policies.cases import column_of
from moderation.priority import Signs, due_at
from moderation.subjects import subject_at, tool_at
from reports.tracking_codes import hash_of

# What a notice says, and who sent it.
NOTICE_FIELDS = ("url", "ground", "explanation", "law", "name", "email")


@transaction.atomic
def send_notice(*, submission_key: str, fields: Mapping[str, Any]) -> LegalNotice:
    """Submit a legal notice and open its case. Idempotent by `submission_key`, which is of one content only: see
    `common.submission_keys`. Mails a receipt.

    The same notice sent again while its case is open is the first one, whatever its key is.

    While notices from an address are paused for misuse, a new one is paused too, except a notice of sexual abuse.
    Only the mail says so: the page would reveal it to anyone who enters the address. `fields` are the form's cleaned
    data.
    """
    known = LegalNotice.objects.filter(submission_key=submission_key).first()
    if known is not None:
        return known
    now, target = timezone.now(), subject_at(fields["url"])
    key = _key_of(fields, target)
    if (same := LegalNotice.objects.filter(case__key=key, case__state=CaseState.OPEN).first()) is not None:
        return same
    promised = due_at(CaseKind.NOTICE, now, Signs())
    column = {column_of(target): target} if target is not None else {}
    tool = tool_at(fields["url"])
    waits = fields["ground"] != NoticeGround.ABUSE and sender_history(fields["email"])
    until = waits.paused_until if waits and waits.is_paused(now) else None
    case = Case(
        kind=CaseKind.NOTICE,
        key=key,
        title=getattr(getattr(target, "warning", target), "title", tool.name if tool else fields["url"])[:300],
        opened_at=now,
        due_at=due_at(CaseKind.NOTICE, until, Signs()) if until else promised,
        **column,
    )
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError:
        # A concurrent request sent the same notice first.
        return LegalNotice.objects.get(case__key=key, case__state=CaseState.OPEN)
    code = codes_from(submission_key)[0]
    given = {name: fields[name] for name in NOTICE_FIELDS}
    notice: LegalNotice = LegalNotice.objects.create(
        case=case,
        code_hash=hash_of(code),
        submission_key=submission_key,
        due_at=promised,
        **given,
        **({} if isinstance(target, User) else column),
    )
    if notice.email:
        mail.send_receipt(notice, code, until)
    log.record(actor="notifier", verb="notice.send", target=f"notice {notice.public_id}")
    if until is None:
        _notify_moderators(case, "A legal notice waits")
    return notice


@transaction.atomic
def tidy(*, now: datetime) -> dict[str, int]:
    """Erase the senders of notices decided long ago, and delete expired unverified statements; return both counts."""
    done = LegalNotice.objects.filter(
        decision__at__lt=now - KEPT_AFTER_DECISION, decision__undone_at__isnull=True, erased_at__isnull=True
    )
    notices = done.update(name="", email="", erased_at=now)
    unproved = Statement.objects.filter(state=StatementState.UNVERIFIED, at__lt=now - UNVERIFIED_KEPT)
    return {"notices": notices, "statements": unproved.delete()[0]}


def _key_of(fields: Mapping[str, Any], target: Any) -> str:
    """Return the key of the case of a notice, which is the same for the same notice: case and spaces do not count."""
    if not fields["email"]:
        # Nobody knows whether it is from the same person, who alone may see where it stands.
        return f"notice:{uuid.uuid4().hex}"
    about = f"{target._meta.model_name}:{target.pk}" if target is not None else split_url(fields["url"]).path
    said = [about, *(fields[name] for name in ("ground", "law", "email", "name", "explanation"))]
    typed = json.dumps([" ".join(text.casefold().split()) for text in said])
    # A plain digest would let others check who sent a notice.
    return f"notice:{salted_hmac('moderation.notice', typed, algorithm='sha256').hexdigest()}"[:60]


def _notify_moderators(case: Case, words: str) -> None:
    notifications.notify(
        recipients=User.objects.filter(trust_level__in=STAFF),
        kind=NotificationKind.CASE,
        key="notice",
        text=words,
        address=case.get_absolute_url(),
    )
