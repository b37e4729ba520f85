"""The pages of warnings, and of directory entries with their warnings."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import may
from accounts.viewers import viewer_of
from common.charts import monthly_chart
from common.http.public_pages import public_page
from common.pagination import CURSOR_PARAMETERS, cursor_page, paginate
from directory import tool_page
from directory.footnotes import Footnotes, any_confirmed
from directory.json_ld import tool_data
from directory.models import CitationSubject, Marketplace, MarketplaceCitation
from directory.policies import access as directory_access
from reports.choices import Status
from reports.forms.comment import CommentForm
from reports.forms.filters import WarningFilterForm
from reports.json_ld import warning_data
from reports.lists import about, warnings_about
from reports.models import Report, Subscription, Vote, Warning
from reports.months import first_zone_day, month_choices
from reports.news import see_comments
from reports.policies import access
from reports.policies.access import unnamed_already
from reports.policies.comments import EDITABLE_FOR
from reports.querysets import WarningQuerySet, order_of
from reports.timeline import by_marketplace_and_outcome, count_reports
from reports.views.comments import THREAD_ORDER, THREAD_ORDERS

WARNINGS_ON_A_PAGE = 10
REPORTS_ON_A_PAGE = 20
COMMENTS_ON_A_PAGE = 50


@public_page()
@require_safe
def show_tool(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a tool, ordered for readers who need to decide quickly."""
    tool = directory_access.get_tool_for_reading(slug)
    page = tool_page.build(tool, today=timezone.localdate())
    counted = count_reports(Report.objects.published().about_tool(tool), timezone.localdate())
    context = {
        "page": page,
        "tool": tool,
        "warnings": _warnings_about(tool),
        "tally": counted.tally,
        "chart": monthly_chart(counted.months, timezone.localdate()),
        "structured": tool_data(tool, page.verdict),
        "watched": _watches(request, tool),
    }
    return render(request, "directory/tool.html", context)


@public_page()
@require_safe
def show_tactic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a tactic: how it works, its signs and phrases, what to do, the reply, and warnings about it."""
    tactic = directory_access.get_tactic_for_reading(slug)
    footnotes = Footnotes()
    replies = sorted(tactic.replies.all(), key=lambda reply: reply.marketplace.name if reply.marketplace else "")
    context = {
        "tactic": tactic,
        "names": [name for name in tactic.names.all() if name.text != tactic.name],
        "marks": footnotes.marks(tactic.citations.all()),
        "notes": footnotes.notes,
        "read": any_confirmed(footnotes.notes),
        "replies": replies,
        "warnings": _warnings_about(tactic),
    }
    return render(request, "directory/tactic.html", context)


@public_page()
@require_safe
def show_marketplace(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a marketplace: its rules, how to report, where to dispute, and warnings about it."""
    marketplace = directory_access.get_marketplace_for_reading(slug)
    footnotes = Footnotes()
    rules = [(rule, footnotes.marks(rule.citations.all())) for rule in marketplace.rules.all()]
    cited: dict[str, list[MarketplaceCitation]] = {subject: [] for subject in CitationSubject.values}
    for citation in marketplace.citations.all():
        cited[citation.subject].append(citation)
    context = {
        "marketplace": marketplace,
        "rules": rules,
        "fee_marks": footnotes.marks(cited[CitationSubject.CONVERSION_FEE]),
        "general_marks": footnotes.marks(cited[CitationSubject.GENERAL]),
        "notes": footnotes.notes,
        "read": any_confirmed(footnotes.notes),
        "warnings": _warnings_about(marketplace),
        "watched": _watches(request, marketplace),
    }
    return render(request, "directory/marketplace.html", context)


@public_page(*WarningFilterForm.base_fields, *CURSOR_PARAMETERS)
@require_safe
def list_warnings(request: HttpRequest) -> HttpResponse:
    """List published warnings, filtered by tool, tactic, marketplace and tag."""
    form = WarningFilterForm(request.GET)
    chosen = form.chosen()
    sort = chosen.pop("sort")
    found = warnings_about(form.subjects())
    rows, total = (found.rows.none(), 0) if form.unknown else (found.rows.for_list(), found.total)
    listing = cursor_page(request, rows, by=order_of(sort), total=total)
    context = {"form": form, "listing": listing, "filtered": form.unknown or any(chosen.values())}
    return render(request, "reports/warnings.html", context)


@public_page("order", "comment", "reports", *CURSOR_PARAMETERS)
@require_safe
def show_warning(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a warning with its reports and discussion."""
    warning = access.get_warning_for_reading(slug)
    reader = viewer_of(request)
    footnotes = Footnotes()
    marks = footnotes.marks(warning.citations.all())
    reports = warning.reports.published()
    counted = count_reports(reports, timezone.localdate())
    marketplaces, outcomes = by_marketplace_and_outcome(reports)
    order = request.GET.get("order", "")
    discussion = warning.comments.published().threads(reader)
    by = THREAD_ORDERS.get(order, THREAD_ORDER)
    threads = cursor_page(request, discussion, by=by, per_page=COMMENTS_ON_A_PAGE)
    context = {
        "warning": warning,
        "structured": warning_data(warning),
        "marks": marks,
        "notes": footnotes.notes,
        "reports": paginate(request, reports.for_timeline(), per_page=REPORTS_ON_A_PAGE, parameter="reports"),
        "tally": counted.tally,
        "chart": monthly_chart(counted.months, timezone.localdate()),
        "marketplaces_told": marketplaces,
        "outcomes_told": outcomes,
        # Only logged-in users see the short form that uses these.
        "months": month_choices(first_zone_day(timezone.now()))[:24],
        "marketplaces": Marketplace.objects.order_by("name"),
        "threads": threads,
        "comment_gone": request.GET.get("comment") == "gone",
        "helpful_first": order in THREAD_ORDERS,
        **_of_the_reader(reader, warning, threads.items),
    }
    return render(request, "reports/warning.html", context)


def _of_the_reader(reader: User | None, warning: Warning, threads: Sequence[Any]) -> dict[str, Any]:
    """Return the context for logged-in users: votes, subscription, new comments and pending posts."""
    if reader is None:
        return {}
    shown = [comment for thread in threads for comment in (thread, *thread.first_answers)]
    news = see_comments(reader, warning, shown)
    votes = Vote.objects.by(reader).counting()
    return {
        "voted": votes.on(warning).exists(),
        "watch": news.watch,
        "seen": news.since,
        "news": news,
        "form": CommentForm(initial={"key": uuid.uuid4()}),
        "unnamed_already": unnamed_already(reader, warning),
        "taps_at_once": may("tap_at_once", reader, own=warning.author_id == reader.pk),
        "waiting": warning.comments.filter(author=reader, status=Status.PENDING),
        "editable_since": timezone.now() - EDITABLE_FOR,
    }


def _watches(request: HttpRequest, post: Any) -> bool:
    """Return whether the reader is logged in and watches an object."""
    reader = viewer_of(request)
    return reader is not None and Subscription.objects.by(reader).on(post).exists()


def _warnings_about(entry: Any) -> WarningQuerySet:
    """Return the most helpful published warnings about a tool, tactic or marketplace."""
    return about(entry).rows.sorted_by("helpful").for_list()[:WARNINGS_ON_A_PAGE]
