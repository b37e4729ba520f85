"""Decisions, statements and announcements on other apps' pages."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from accounts.models import User
from directory.models import Tool
from moderation.choices import AUTHOR, Act, StatementState
from moderation.current_announcement import current_announcement
from moderation.decisions.available import RESTRICTIONS
from moderation.forms.appeals import AppealForm
from moderation.models import Decision, Statement
from moderation.policies.appeals import appeals_of, waits_for_another, why_not_appeal
from reports.models import Report

register = template.Library()


@register.inclusion_tag("moderation/_announcement.html")
def announcement() -> dict[str, Any]:
    """What everybody reads at the top of each page, if there is something."""
    return {"announcement": current_announcement(timezone.now())}


@register.inclusion_tag("moderation/_suspension.html")
def suspension(person: User) -> dict[str, Any]:
    """What somebody who may not write for now reads at the top of each page, and the decision that says why."""
    decided = Decision.objects.not_undone().concerning(person).filter(act=Act.SUSPEND).order_by("-at").first()
    return {"until": person.suspended_until, "decision": decided}


@register.inclusion_tag("moderation/_on_report.html", takes_context=True)
def decisions_on(context: Context, report: Report) -> dict[str, Any]:
    """The statements of reasons for a report, and the appeal for whoever holds its code.

    With an account the statement has a page of its own; there the appeal is.
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
    """What the vendors of these tools say, beside what others say of them; nothing where none has said anything."""
    shown = Statement.objects.filter(tool__in=list(tools), state=StatementState.PUBLISHED).select_related("tool")
    return {"statements": shown.order_by("tool__name")}


@register.inclusion_tag("moderation/_vendor.html")
def vendor_statement(tool: Tool) -> dict[str, Any]:
    """What the vendor of a tool says, and where a vendor can state something."""
    shown = Statement.objects.filter(tool=tool, state=StatementState.PUBLISHED).first()
    return {"statement": shown, "tool": tool}
