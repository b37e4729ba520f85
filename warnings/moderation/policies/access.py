"""Return cases, decisions, flags, notices and pictures to users who may see them; raise Http404 for all others."""

import re
import uuid
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from accounts.permissions import may
from common.text.cleaning import without_unstorable
from directory.models import Source, Tool
from directory.policies.access import get_tool_for_feed
from moderation.choices import CaseKind, StatementState
from moderation.cited_places import places_of
from moderation.models import Case, Decision, Flag, LegalNotice, Statement
from moderation.policies.decisions import why_not
from reports.models import Comment, Evidence, Report, Warning
from reports.tracking_codes import hash_of, normalised

# How many cases to fetch at a time when looking for the next one; the first usually matches.
NEXT_AT_ONCE = 20


def require_desk(user: Any) -> None:
    """Raise PermissionDenied unless the user is a moderator."""
    if not may("decide", user):
        raise PermissionDenied("Moderators only.")


def get_case(user: Any, public_id: uuid.UUID) -> Case:
    """Return a case, open or closed, for a moderator. Raises PermissionDenied or Http404."""
    require_desk(user)
    found = find_case(public_id)
    if found is None:
        raise Http404("There is no such case.")
    return found


def find_case(public_id: uuid.UUID) -> Case | None:
    """Return a case, or None if it is gone with what it was about. The caller checks who asks."""
    return Case.objects.filter(public_id=public_id).first()


def next_case(user: Any, chosen: dict[str, str], now: datetime, but: Case | None = None) -> Case | None:
    """Return the most urgent case of a selection that a moderator may claim now, or None.

    Skip cases that the moderator may not decide, for example because they flagged the post or declared a connection,
    so that these do not come up again and again.
    """
    rows = Case.objects.open().chosen(chosen, user, now).free_for(user, now).not_of(user)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    # Most often the first one fits, so subjects are fetched one by one.
    waiting = rows.most_urgent_first(now).iterator(chunk_size=NEXT_AT_ONCE)
    return next((case for case in waiting if not why_not(user, case)), None)


def get_decision(user: Any, public_id: uuid.UUID) -> Decision:
    """Return a decision for a moderator or a person concerned by it. Raises Http404."""
    found = (
        Decision.objects.select_related("reason", "by", "person", "report", "undone_by", "case")
        .filter(public_id=public_id)
        .first()
    )
    if found is None or not (may("decide", user) or (user.is_authenticated and found.concerns(user))):
        raise Http404("There is no such decision.")
    return found


def get_decision_on(report: Report, public_id: uuid.UUID) -> Decision:
    """Return a decision on a report for the holder of its tracking code. Raises Http404."""
    found = report.decisions.select_related("reason").filter(public_id=public_id).first()
    if found is None:
        raise Http404("There is no such decision.")
    return found


def get_flaggable(kind: str, key: str) -> Any:
    """Return a published warning, report or comment, or a cited source, by kind and key. Raises Http404."""
    if kind == "source":
        found: Any = _cited(key)
    elif kind == "warning":
        found = Warning.objects.published().filter(slug=without_unstorable(key)).first()
    else:
        rows: Any = {"report": Report.objects.published(), "comment": Comment.objects.readable()}.get(kind)
        shown = rows.filter(warning__status="published") if rows is not None else None
        found = shown.filter(public_id=_uuid(key)).first() if shown is not None else None
    if found is None:
        raise Http404("There is nothing here that could be flagged.")
    return found


def get_own_flag(user: Any, public_id: uuid.UUID) -> Flag:
    """Return a flag that the user raised. Raises Http404."""
    rows = Flag.objects.select_related("decision", "warning", "report__warning", "comment__warning", "source")
    found = rows.filter(flagger=user, public_id=public_id).first()
    if found is None:
        raise Http404("You have no such flag.")
    return found


def _cited(key: str) -> Source | None:
    source = Source.objects.filter(pk=int(key)).first() if re.fullmatch("[0-9]{1,9}", key) else None
    return source if source is not None and places_of(source) else None


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404("There is nothing here that could be flagged.") from None


def get_notice_by_code(typed: str) -> LegalNotice:
    """Return the notice with this code. Raises Http404.

    The code is looked up by its hash, so that timing reveals nothing about it.
    """
    rows = LegalNotice.objects.select_related("case", "decision__reason", "decision__person")
    found = rows.filter(code_hash=hash_of(normalised(typed))).first()
    if found is None:
        raise Http404("There is no notice with this code.")
    return found


def get_tool(slug: str) -> Tool:
    """Return the tool that a statement is about. Raises Http404."""
    return get_tool_for_feed(slug)


def get_decided_together(user: Any, batch: uuid.UUID) -> list[Decision]:
    """Return the decisions of a bulk for moderators, the last first. Raises Http404 or PermissionDenied."""
    require_desk(user)
    found = list(Decision.objects.for_list().together(batch))
    if not found:
        raise Http404("There are no such decisions.")
    return found


def get_shown_statement(tool: Tool) -> dict[str, str]:
    """Return what the vendor of a tool states at present, by field, as the beginning of a correction."""
    shown = Statement.objects.filter(tool=tool, state=StatementState.PUBLISHED)
    found: Any = shown.values("speaker", "domain", "body").first()
    return dict(found) if found else {}


def get_statement(public_id: uuid.UUID) -> Statement:
    """Return a statement by its public ID. Raises Http404."""
    found = Statement.objects.select_related("tool", "case").filter(public_id=public_id).first()
    if found is None:
        raise Http404("There is no such statement.")
    return found


def get_picture(user: Any, public_id: uuid.UUID) -> Evidence:
    """Return a picture of a submitted report. Raises PermissionDenied or Http404."""
    require_desk(user)
    rows = Evidence.objects.select_related("report__warning", "report__author")
    found = rows.filter(public_id=public_id, report__isnull=False).first()
    if found is None:
        raise Http404("There is no such picture.")
    return found


def why_not_redact(actor: User, picture: Evidence) -> str:
    """Return why a moderator may not redact a picture, as a sentence. The rules for deciding on its report apply."""
    return why_not(actor, Case(kind=CaseKind.REPORT, report=picture.report))
