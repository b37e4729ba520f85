"""Show decisions, statements and announcements on pages of other apps."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import template
from django.db import DatabaseError
from django.template import Context
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common.http.public_pages import do_not_keep, expire_page
from directory.models import Tool
from moderation.choices import AUTHOR, Act, StatementState
from moderation.current_announcement import current_announcement
from moderation.decisions.available import RESTRICTIONS
from moderation.forms.appeals import AppealForm
from moderation.models import Decision, Statement
from moderation.policies.appeals import appeals_of, waits_for_another, why_not_appeal
from reports.models import Report

register = template.Library()

# Public pages that a legal notice can be about. Addresses of private pages may have secrets, which logs would keep.
_NOTICEABLE = frozenset(
    {"warning", "history", "version", "answers", "tool", "feature", "tactic", "marketplace", "tag", "profile"}
)


@register.inclusion_tag("moderation/_announcement.html", takes_context=True)
def announcement(context: Context) -> dict[str, Any]:
    """Render the current announcement, if there is one. Without the database, the page has none and is not kept."""
    request = context.get("request")
    try:
        current = current_announcement(timezone.now())
    except DatabaseError:
        if request is not None:
            do_not_keep(request)
        return {"announcement": None}
    if request is not None and current.changes_at:
        expire_page(request, current.changes_at)
    return {"announcement": current.announcement}


@register.simple_tag(takes_context=True)
def notice_address(context: Context) -> str:
    """Return the address of the form for a legal notice, with the address of the page if it is public content."""
    address, request = reverse("notice"), context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or match.url_name not in _NOTICEABLE:
        return address
    return f"{address}?{urlencode({'url': request.path})}"


@register.inclusion_tag("moderation/_suspension.html")
def suspension(person: User) -> dict[str, Any]:
    """Render the notice of a suspension, with a link to the decision."""
    decided = Decision.objects.not_undone().concerning(person).filter(act=Act.SUSPEND).order_by("-at").first()
    return {"until": person.suspended_until, "decision": decided}


@register.inclusion_tag("moderation/_on_report.html", takes_context=True)
def decisions_on(context: Context, report: Report) -> dict[str, Any]:
    """Render the decisions that restrict a report, and an appeal form for the holder of its tracking code.

    Authors with an account appeal on the page of the decision instead.
    """
    parts = []
    for decision in report.decisions.not_undone().filter(act__in=RESTRICTIONS).select_related("reason", "person"):
        code = context.get("code", "") if report.author_id is None else ""
        own = appeals_of(decision, None, AUTHOR) if code else []
        refusal = why_not_appeal(decision, None, AUTHOR, timezone.now()) if code else "elsewhere"
        parts.append(
            {
                "decision": decision,
                "appeals": own,
                "waiting": [row.pk for row in own if waits_for_another(row)],
                "form": None if refusal else AppealForm(),
            }
        )
    return {"parts": parts, "code": context.get("code", ""), "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("moderation/_vendors.html")
def vendor_statements(tools: Iterable[Tool]) -> dict[str, Any]:
    """Render the published statements of the vendors of these tools, if there are any."""
    shown = Statement.objects.filter(tool__in=list(tools), state=StatementState.PUBLISHED).select_related("tool")
    return {"statements": shown.order_by("tool__name")}


@register.inclusion_tag("moderation/_vendor.html")
def vendor_statement(tool: Tool) -> dict[str, Any]:
    """Render the published statement of a tool's vendor, and a link to submit one."""
    shown = Statement.objects.filter(tool=tool, state=StatementState.PUBLISHED).first()
    return {"statement": shown, "tool": tool}
