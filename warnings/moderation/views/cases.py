"""The review queue and the page of a case."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode as query_of
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.viewers import person_of
from common.errors import ForewarnedError, Sentence
from common.http.decorators import private
from common.http.returned_forms import returned_form
from common.pagination import AFTER, BEFORE, FROM, cursor_page
from directory.models import Source
from moderation.actions import cases as case_actions
from moderation.actions import decisions
from moderation.choices import Act, CaseKind, CaseState
from moderation.decisions.input import DecisionInput
from moderation.decisions.registry import why_irreversible
from moderation.errors import CaseClosedError, ClaimedByAnotherError
from moderation.forms.cases import AT_ONCE, BulkForm, DecisionForm, QueueFilterForm, SaveViewForm
from moderation.models import Case
from moderation.policies import access
from moderation.policies.access import get_flaggable
from moderation.policies.decisions import why_not
from moderation.querysets import URGENCY
from moderation.queue.case_page import case_page
from moderation.queue.rows import rows_of

CASES_ON_A_PAGE = 40
FILTERS = ("kind", "show", "q")
# The parameters that say which part of the queue is shown.
PLACE = (*FILTERS, AFTER, BEFORE, FROM)


@require_safe
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """List open cases, the most urgent first."""
    access.require_desk(request.user)
    form = QueueFilterForm(request.GET)
    chosen = form.chosen()
    now = timezone.now()
    rows = Case.objects.open().chosen(chosen, request.user, now).for_list().most_urgent_first(now)
    if form.unknown:
        rows = rows.none()
    listing = cursor_page(request, rows, by=URGENCY, per_page=CASES_ON_A_PAGE)
    counts = Case.objects.counts()
    context = {
        "form": form,
        "chips": form.chips(),
        "listing": listing,
        "rows": rows_of(listing.items),
        "now": now,
        "query": kept_filters(request),
        "counts": [(kind, label, counts.get(kind, 0)) for kind, label in CaseKind.choices if counts.get(kind)],
        "open": sum(counts.values()),
        "late": Case.objects.open().filter(due_at__lt=now).count(),
        "views": person_of(request).saved_views.all(),
        "save": SaveViewForm(initial={"query": kept_filters(request)}),
        # After a refusal the address holds what was chosen, so that it can be sent again.
        "bulk": BulkForm(chosen["kind"], initial=request.GET.dict()) if chosen["kind"] in AT_ONCE else None,
        "ticked": request.GET.getlist("case"),
        "place": query_of(place_of(request)),
    }
    return render(request, "moderation/queue.html", context)


@require_POST
@login_required
def claim_case(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Claim a case and open its page."""
    case = access.get_case(request.user, public_id)
    _claim(request, case)
    return _to(request, case)


@require_POST
@login_required
def open_about(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Open and claim a case about public content on the moderator's own initiative."""
    access.require_desk(request.user)
    target = get_flaggable(kind, key)
    case = case_actions.open_case(
        kind=CaseKind.SOURCE if isinstance(target, Source) else CaseKind.FLAGS, target=target
    )
    _claim(request, case)
    return _to(request, case)


@require_POST
@login_required
def claim_next_case(request: HttpRequest) -> HttpResponse:
    """Claim and open the most urgent case of a selection."""
    access.require_desk(request.user)
    return _to_next(request)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a case; on POST, decide it and continue with the next case."""
    case = access.get_case(request.user, public_id)
    if request.method != "POST":
        into = request.GET.get("into", "")
        begun = {"act": Act.MERGE, "into": into, "reason": "same-as-another"} if into else {}
        return _page(request, case, DecisionForm(case, initial=begun))
    form = DecisionForm(case, request.POST)
    if case.state != CaseState.OPEN:
        return _page(request, case, form, status=409, problem=CaseClosedError.sentence)
    if not form.is_valid():
        return _page(request, case, form, status=422)
    problem, decision = _decide(request, case, form.choice())
    if problem:
        now = access.get_case(request.user, public_id)
        return _page(request, now, form.on(now), status=409, problem=problem)
    link = "See it" if why_irreversible(decision) else "See or undo it"
    messages.success(
        request,
        format_html(
            '“{}” is decided ({}). <a href="{}">{}</a>',
            decision.title or "Without a title",
            decision.get_act_display(),
            decision.get_absolute_url(),
            link,
        ),
        extra_tags="decided",
    )
    case.refresh_from_db()
    return _to_next(request, but=case) if case.state == CaseState.CLOSED else _to(request, case)


@require_POST
@login_required
def renew(request: HttpRequest, public_id: uuid.UUID) -> JsonResponse:
    """Extend a claim by ten minutes; return its new expiry, or why it cannot be extended."""
    case = access.get_case(request.user, public_id)
    try:
        row = case_actions.claim(actor=person_of(request), case=case)
    except CaseClosedError:
        return JsonResponse({"problem": "This case was decided meanwhile."}, status=409)
    except ForewarnedError as refused:
        return JsonResponse({"problem": refused.sentence}, status=409)
    return JsonResponse({"until": row.claim_expires_at})


@require_POST
@login_required
def release_case(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Release a case."""
    case = access.get_case(request.user, public_id)
    case_actions.release(actor=person_of(request), case=case)
    return redirect(f"/moderation/?{kept_filters(request)}")


@require_POST
@login_required
def save_view(request: HttpRequest) -> HttpResponse:
    """Save the current filter of the queue under a name."""
    access.require_desk(request.user)
    form = SaveViewForm(request.POST)
    if form.is_valid():
        case_actions.save_view(actor=person_of(request), **form.cleaned_data)
        messages.success(request, "Saved.", extra_tags="saved")
    elif request.POST.get("name", "").strip():
        problem = Sentence(f"Nothing was saved. {' '.join(map(str, form.errors.get('name', ())))}", "name-invalid")
        return private(returned_form(request, status=HTTPStatus.UNPROCESSABLE_ENTITY, problem=problem))
    else:
        messages.error(request, "Give the selection a short name.", extra_tags="name-missing")
    return redirect(f"/moderation/?{request.POST.get('query', '')[:500]}")


@require_POST
@login_required
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a saved filter."""
    access.require_desk(request.user)
    case_actions.delete_view(actor=person_of(request), key=pk)
    return redirect("queue")


def _decide(request: HttpRequest, case: Case, choice: DecisionInput) -> tuple[str, Any]:
    """Decide a case; return an empty string and the decision, or the error as a sentence and None."""
    try:
        return "", decisions.decide(actor=person_of(request), case=case, choice=choice)
    except ForewarnedError as refused:
        return refused.sentence, None


def _page(
    request: HttpRequest, case: Case, form: DecisionForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    now = timezone.now()
    elsewhere = (
        case.claimed_by_id not in (None, request.user.pk) and case.claim_expires_at and case.claim_expires_at > now
    )
    context = {
        "case": case,
        "form": form,
        "problem": problem,
        "now": now,
        "open": case.state == CaseState.OPEN,
        "mine": case.claimed_by_id == request.user.pk and case.claim_expires_at and case.claim_expires_at > now,
        "elsewhere": elsewhere,
        "refusal": why_not(person_of(request), case) if case.state == CaseState.OPEN else "",
        "query": kept_filters(request),
        **case_page(case),
    }
    return render(request, "moderation/case.html", context, status=status)


def _claim(request: HttpRequest, case: Case) -> None:
    try:
        case_actions.claim(actor=person_of(request), case=case)
    except CaseClosedError:
        messages.info(request, "This case is decided.", extra_tags="case-closed")
    except ClaimedByAnotherError as other:
        messages.warning(request, f"{other} You can read it meanwhile.", extra_tags="leased")
    except ForewarnedError as refused:
        messages.warning(request, f"{refused} You can read it.", extra_tags=refused.code)


def _to(request: HttpRequest, case: Case) -> HttpResponse:
    kept = kept_filters(request)
    return redirect(f"{case.get_absolute_url()}{'?' if kept else ''}{kept}")


def _to_next(request: HttpRequest, but: Case | None = None) -> HttpResponse:
    """Claim the most urgent case of the selection and redirect to it, or to the queue if there is none."""
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    found = access.next_case(request.user, chosen, timezone.now(), but)
    if found is None:
        messages.info(request, "Nothing else waits here that you may decide.", extra_tags="queue-empty")
        return redirect(f"/moderation/?{kept_filters(request)}")
    _claim(request, found)
    return _to(request, found)


def place_of(request: HttpRequest) -> dict[str, str]:
    """Return the parameters that say which part of the queue is shown."""
    return {name: value for name in PLACE if (value := request.GET.get(name))}


def kept_filters(request: HttpRequest) -> str:
    """Return the query string of the queue's filter, which is passed from page to page."""
    return query_of([(name, value) for name in FILTERS if (value := request.GET.get(name, ""))])
