"""Statements of reasons, appeals against them, and undo."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import may
from accounts.viewers import person_of
from common.encryption import DecryptionError
from common.errors import ForewarnedError, Sentence
from common.http.decorators import private
from common.http.rate_limits import Limit, use
from common.http.returned_forms import returned_form
from common.pagination import cursor_page
from common.text.diff import Difference
from moderation.actions import appeals as appeal_actions
from moderation.actions import decisions
from moderation.choices import AUTHOR
from moderation.decisions.asked import question_of
from moderation.decisions.available import RESTRICTIONS
from moderation.decisions.registry import why_irreversible
from moderation.errors import ConflictOfInterestError
from moderation.forms.appeals import AppealForm
from moderation.forms.cases import UndoForm
from moderation.models import Decision
from moderation.policies import access
from moderation.policies.appeals import appeals_of, waits_for_another, why_not_appeal
from moderation.policies.decisions import why_not_undo
from reports.policies.access import get_report_by_code
from reports.sealed import removed_words

APPEALS = Limit("appeals", 10, 3_600, "Appeals of one account, or about one report")
RECORD_ORDER = ("-at", "-id")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a decision to a moderator or a person concerned; on POST, appeal against it."""
    decision = access.get_decision(request.user, public_id)
    form = AppealForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _appeal(request, decision, form):
            return redirect(decision)
        status = 422
    return _page(request, decision, form, status)


@require_POST
def appeal_by_code(request: HttpRequest, code: str, public_id: uuid.UUID) -> HttpResponse:
    """Appeal without an account, with the tracking code of the report that the decision is about.

    What is refused comes back with its text: see `common.http.refusals`.
    """
    report = get_report_by_code(code)
    decision = access.get_decision_on(report, public_id)
    form = AppealForm(request.POST)
    use(APPEALS, f"report:{report.pk}")
    if not form.is_valid():
        problem = Sentence(f"Nothing was sent. {' '.join(map(str, form.errors['text']))}", "text-invalid")
        return private(returned_form(request, status=HTTPStatus.UNPROCESSABLE_ENTITY, problem=problem))
    appeal_actions.appeal(decision=decision, text=form.cleaned_data["text"], by=None)
    messages.success(request, "Your appeal is there. Somebody else looks at it.", extra_tags="appealed")
    return redirect("tracked", code=code)


@require_POST
@login_required
def undo(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Undo a decision."""
    access.require_desk(request.user)
    decision = access.get_decision(request.user, public_id)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, decision, AppealForm(), 422, undoing=form)
    try:
        undone = decisions.undo(actor=person_of(request), decision=decision, note=form.cleaned_data["note"])
    except ForewarnedError as refused:
        messages.error(request, refused.sentence, extra_tags=refused.code)
        return _page(request, decision, AppealForm(), refused.status, undoing=form)
    _tell_undone(request, undone)
    return redirect(decision)


@require_POST
@login_required
def throw_away(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Delete the removed passages of a decision before they expire."""
    access.require_desk(request.user)
    decision = access.get_decision(request.user, public_id)
    try:
        decisions.throw_away_sealed(actor=person_of(request), decision=decision)
        messages.success(request, "The removed passages are gone for good.", extra_tags="thrown-away")
    except ConflictOfInterestError as refused:
        messages.error(request, refused.sentence, extra_tags=refused.code)
    return redirect(decision)


@require_safe
@login_required
def record(request: HttpRequest) -> HttpResponse:
    """List all decisions for moderators, the newest first."""
    access.require_desk(request.user)
    rows = Decision.objects.for_list()
    if request.GET.get("by") == "me":
        rows = rows.filter(by=person_of(request))
    context = {"listing": cursor_page(request, rows, by=RECORD_ORDER), "mine": request.GET.get("by") == "me"}
    return render(request, "moderation/record.html", context)


def _appeal(request: HttpRequest, decision: Decision, form: AppealForm) -> bool:
    try:
        use(APPEALS, f"user:{request.user.pk}")
        appeal_actions.appeal(decision=decision, text=form.cleaned_data["text"], by=person_of(request))
    except ForewarnedError as refused:
        form.add_error("text", ValidationError(refused.sentence, code=refused.code))
        return False
    messages.success(
        request, "Your appeal is there. Somebody who did not decide before looks at it.", extra_tags="appealed"
    )
    return True


def _tell_undone(request: HttpRequest, undone: Decision) -> None:
    left = undone.moved.get("left", 0)
    if left:
        words = ngettext("%d text was rewritten", "%d texts were rewritten", left) % left
        messages.warning(
            request,
            f"Undone, but {words} since. Edit by hand with the removed words below.",
            extra_tags="undone-partly",
        )
    else:
        messages.success(request, "Undone: everything is as it was before the decision.", extra_tags="undone")


def _removed(decision: Decision) -> list[Difference]:
    """Return the words that a redaction removed, as long as they are stored and can be decrypted."""
    try:
        return removed_words(decision.sealed) if decision.sealed else []
    except DecryptionError:
        return []


def _page(
    request: HttpRequest, decision: Decision, form: AppealForm, status: int, *, undoing: UndoForm | None = None
) -> HttpResponse:
    person = person_of(request)
    concerned = decision.concerns(person)
    own = appeals_of(decision, person, AUTHOR) if concerned else []
    moderates = may("decide", person)
    apart = why_not_undo(person, decision) if moderates else ""
    refusal = why_irreversible(decision) or ("" if decision.undone_at else apart)
    undoable = moderates and not concerned and decision.undone_at is None and not refusal
    context = {
        "decision": decision,
        "concerned": concerned,
        "moderates": moderates,
        "restriction": decision.act in RESTRICTIONS,
        "appeals": list(decision.appeals.all()) if moderates and not concerned else own,
        "waiting": [row.pk for row in own if waits_for_another(row)],
        # An appeal that is refused, because another one was sent meanwhile or it is too late, comes back.
        "form": form
        if concerned and (form.is_bound or not why_not_appeal(decision, person, AUTHOR, timezone.now()))
        else None,
        # A form that was refused comes back with the note in it.
        "undo": undoing or (UndoForm() if undoable else None),
        "irreversible": refusal,
        "sealed": decision.sealed and not apart,
        "removed": _removed(decision) if moderates and not concerned and not apart else [],
        "asked": question_of(decision),
    }
    return render(request, "moderation/decision.html", context, status=status)
