"""Submit legal notices and follow their status."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.errors import ForewarnedError
from common.http.decorators import private
from common.http.rate_limits import Limit, RateLimitedError, source, use
from common.http.sent_before import first_key
from common.submission_keys import stored_key
from moderation.actions import appeals as appeal_actions
from moderation.actions.legal_notices import NOTICE_FIELDS, send_notice
from moderation.choices import NOTIFIER
from moderation.forms.appeals import AppealForm
from moderation.forms.legal import NoticeForm
from moderation.models import Decision
from moderation.notice_codes import code_of_notice
from moderation.policies import access
from moderation.policies.appeals import appeals_of, waits_for_another, why_not_appeal

NOTICES = Limit("notices", 10, 3_600, "Legal notices of one network")


ALL_NOTICES = Limit("notices-all", 500, 3_600, "Legal notices of everybody")


LOOK_UPS = Limit("notice-codes", 30, 3_600, "Codes of legal notices tried, of one network")


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    """Submit a legal notice. Needs no account."""
    if request.method != "POST":
        begun = {"key": uuid.uuid4(), "url": request.GET.get("url", "")}
        return render(request, "moderation/notice.html", {"form": NoticeForm(initial=begun)})
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return render(request, "moderation/notice.html", {"form": form}, status=422)
    try:
        use(NOTICES, source(request))
        use(ALL_NOTICES, "all")
    except RateLimitedError as refused:
        return render(request, "moderation/notice.html", {"form": form, "too_often": refused.wait}, status=429)
    content = [str(form.cleaned_data[name]) for name in NOTICE_FIELDS]
    key = stored_key(str(form.cleaned_data["key"]), content)
    key = first_key(key, sender=source(request), content=["notice", *content])
    sent = send_notice(submission_key=key, fields=form.cleaned_data)
    if sent.submission_key != key:
        messages.info(request, "We have this notice already. Here is where it stands.", extra_tags="notice-known")
    return redirect("notice_status", code=code_of_notice(sent))


@require_http_methods(["GET", "HEAD", "POST"])
def notice_status(request: HttpRequest, code: str) -> HttpResponse:
    """Show the status of a notice and the decision on it; on POST, appeal against the decision."""
    try:
        use(LOOK_UPS, source(request))
    except RateLimitedError as refused:
        if request.method == "POST":
            raise
        context = {"form": NoticeForm(), "too_often": refused.wait}
        return render(request, "moderation/notice.html", context, status=429)
    row = access.get_notice_by_code(code)
    form, status = AppealForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        if row.decision is not None and form.is_valid() and send_appeal(request, row.decision, form, NOTIFIER):
            return redirect(request.path)
        status = 422
    appeals = appeals_of(row.decision, None, NOTIFIER) if row.decision else []
    possible = row.decision is not None and not why_not_appeal(row.decision, None, NOTIFIER, timezone.now())
    context = {
        "notice": row,
        "decision": row.decision,
        "appeals": appeals,
        "waiting": [appeal.pk for appeal in appeals if waits_for_another(appeal)],
        "form": form if possible or (form.is_bound and row.decision) else None,
        "code": code,
    }
    return private(render(request, "moderation/notice_status.html", context, status=status))


def send_appeal(request: HttpRequest, decision: Decision, form: AppealForm, role: str) -> bool:
    """Appeal from a page without an account; return whether it succeeded. Errors are added to the form."""
    try:
        use(LOOK_UPS, source(request))
        appeal_actions.appeal(decision=decision, text=form.cleaned_data["text"], by=None, role=role)
    except ForewarnedError as refused:
        form.add_error("text", ValidationError(refused.sentence, code=refused.code))
        return False
    return True
