"""The tracking page of a report, by account or by tracking code."""

import uuid
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import Sentence
from common.http.decorators import private
from common.http.rate_limits import Limit, RateLimitedError, source, use
from common.http.returned_forms import returned_form
from common.http.uploads import is_full
from reports import tracking_codes
from reports.actions import submissions
from reports.actions.drafts import delete_draft
from reports.actions.submissions import leave_handle_out
from reports.draft_cookie import writer_of
from reports.forms.report import known_tools
from reports.forms.tracking import AnswerForm, CorrectionForm, fields_of
from reports.locks import ReportClosedError
from reports.models import Report
from reports.policies import access
from reports.review_time_estimate import review_time
from reports.tag_suggestions import known_tags
from reports.views import evidence
from reports.views.correction import AnswerInput, CorrectionInput
from reports.views.report_input import posted
from reports.workflow import OPEN

GUESSES = Limit("tracking-code", 30, 600, "Tracking codes tried, of one network")
CLOSED = Sentence("A moderator decided this report meanwhile, so that nothing of this was stored.", "closed")
DONE = {
    "corrected": Sentence("Your correction is in. A moderator reads it.", "corrected"),
    "answered": Sentence("Your answer is in. A moderator reads it.", "answered"),
    "withdrawn": Sentence("Your report is taken back. Its text and pictures are erased.", "withdrawn"),
    "attach": Sentence("The pictures are with your report now.", "attached"),
    "remove": Sentence("The picture is removed.", "removed"),
}
_NAMING = ("unname", "name")
CHANGES = Limit("report-changes", 300, 600, "Corrections of reports with their pictures, of one network")


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Show the form for a tracking code."""
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            use(GUESSES, source(request))
            code = request.POST.get("code", "")
            access.get_report_by_code(code)
            return redirect("tracked", code=tracking_codes.normalised(code))
        except RateLimitedError as refused:
            context = {"too_often": refused.wait}
        except Http404:
            context = {"wrong": True}
    status = 429 if "too_often" in context else 422 if context else 200
    return private(render(request, "reports/track.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def tracked(request: HttpRequest, code: str) -> HttpResponse:
    """Show a report without an account by its tracking code."""
    try:
        use(GUESSES, source(request))
    except RateLimitedError as refused:
        if request.method == "POST":
            raise
        return private(render(request, "reports/track.html", {"too_often": refused.wait}, status=429))
    try:
        report = access.get_report_by_code(code)
    except Http404:
        if request.method == "POST":
            raise
        return private(render(request, "reports/track.html", {"wrong": True}, status=404))
    return _follow(request, report, code=code)


@require_safe
@login_required
def own_reports(request: HttpRequest) -> HttpResponse:
    """List the user's reports and drafts."""
    context = {"reports": Report.objects.by_author(request.user)[:200], "drafts": writer_of(request).drafts().count()}
    return render(request, "reports/own_reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own_report(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show one of the user's own reports."""
    return _follow(request, access.get_own_report(request.user, public_id))


def _follow(request: HttpRequest, report: Report, **shown: Any) -> HttpResponse:
    """Show a report to its author, or perform a requested change."""
    if report.news:
        # While the disk takes no writes, it stays news.
        with suppress(DatabaseError):
            submissions.mark_seen(report=report)
    if request.method != "POST":
        shown |= {"done": DONE.get(request.GET.get("done", "")), "kept": request.GET.get("kept", "")}
        return _page(request, report, **shown)
    act = "attach" if "replaces" in request.POST else request.POST.get("act", "")
    try:
        use(CHANGES, source(request))
        if act == "withdraw":
            submissions.withdraw(report=report)
            return _done(request, "withdrawn")
        if act in _NAMING:
            return _name(request, report, unnamed=act == "unname")
        if act in ("answer", "mask-answer"):
            return _answer(request, report, act, **shown)
        return _correct(request, report, act, **shown)
    except RateLimitedError as refused:
        if act in ("answer", "mask-answer"):
            answering = AnswerInput(report, posted(request.POST))
            return _page(request, report, answer=answering.form, too_often=refused.wait, status=429, **shown)
        correcting = CorrectionInput(report, posted(request.POST), finished=False)
        return _page(request, report, correcting=correcting, too_often=refused.wait, status=429, **shown)
    except ReportClosedError as closed:
        if act in ("withdraw", *_NAMING):
            return private(redirect(request.path))
        return private(returned_form(request, status=closed.status, problem=CLOSED))


def _correct(request: HttpRequest, report: Report, act: str, **shown: Any) -> HttpResponse:
    correcting = CorrectionInput(report, posted(request.POST), finished=act == "correct")
    correcting.attach_pictures(
        request.FILES.getlist("pictures"),
        source=source(request),
        replaces=request.POST.get("replaces", ""),
        full=is_full(request),
    )
    if act.startswith(evidence.REMOVES):
        correcting.remove_picture(act)
        shown["done"] = DONE["remove"]
    elif act == "attach" and not correcting.problems:
        shown["done"] = DONE["attach"]
    elif act == "mask":
        shown["masked"], correcting = correcting.look.count, correcting.masked()
    elif act == "correct" and correcting.form.is_valid() and not correcting.problems:
        if not correcting.look.asks(request.POST):
            correcting.send()
            return _done(request, "corrected", **_drop_draft(request))
        return _page(request, report, correcting=correcting, personal=correcting.look.marked, status=422, **shown)
    known = act in ("attach", "mask") or act.startswith(evidence.REMOVES)
    return _page(request, report, correcting=correcting, status=200 if known else 422, **shown)


def _name(request: HttpRequest, report: Report, *, unnamed: bool) -> HttpResponse:
    leave_handle_out(report=report, unnamed=unnamed)
    if report.author_id is not None:
        left_out = "Your handle is left out everywhere on this site. Others may have seen it before."
        messages.success(
            request,
            left_out if unnamed else "Your report stands under your handle.",
            extra_tags="handle-left-out" if unnamed else "handle-shown",
        )
    return private(redirect(request.path))


def _answer(request: HttpRequest, report: Report, act: str, **shown: Any) -> HttpResponse:
    answering = AnswerInput(report, posted(request.POST))
    if act == "mask-answer":
        return _page(request, report, answer=answering.masked(), masked_answer=answering.look.count, **shown)
    if not answering.form.is_valid():
        return _page(request, report, answer=answering.form, status=422, **shown)
    if answering.look.asks(request.POST):
        found = answering.look.marked
        return _page(request, report, answer=answering.form, personal_answer=found, status=422, **shown)
    answering.send()
    return _done(request, "answered")


def _drop_draft(request: HttpRequest) -> dict[str, str]:
    """Delete the draft that was sent as a correction from the report form; return its ID for the browser's copy."""
    draft = writer_of(request).draft(request.POST.get("draft", ""))
    if draft is None or draft.evidence.exists():
        return {}
    delete_draft(draft=draft)
    return {"kept": str(draft.public_id)}


def _done(request: HttpRequest, what: str, **more: str) -> HttpResponse:
    return private(redirect(f"{request.path}?{urlencode({'done': what} | more)}"))


def _page(
    request: HttpRequest,
    report: Report,
    *,
    correcting: CorrectionInput | None = None,
    answer: AnswerForm | None = None,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    form = correcting.form if correcting else CorrectionForm(report, initial=fields_of(report))
    context = {
        "report": report,
        "correction": form,
        "groups": [
            (name, [(field, report.remarks.get(field.name, "")) for field in fields]) for name, fields in form.groups
        ],
        "problems": correcting.problems if correcting else (),
        "notes": correcting.notes if correcting else (),
        "pictures": correcting.pictures() if correcting else evidence.shown(report),
        "answer": answer or AnswerForm(auto_id="answer_%s"),
        "wait": review_time(timezone.now()),
        "open": report.status in OPEN,
        "tools": known_tools(),
        "tags": known_tags(),
        **shown,
    }
    return private(render(request, "reports/followed.html", context, status=status))
