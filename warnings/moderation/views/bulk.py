"""Decisions on several cases together, and their common undo."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.viewers import person_of
from common.errors import ForewarnedError, Sentence, code_of
from moderation.actions import decisions
from moderation.choices import Act
from moderation.decisions.input import DecisionInput
from moderation.forms.cases import AT_ONCE, MOST_AT_ONCE, BulkForm, UndoForm
from moderation.models import Case
from moderation.policies import access
from moderation.policies.cases import why_not_at_once
from moderation.views.cases import kept_filters, place_of

_LONGEST_CHOICE = 100
_NO_KEY = str(uuid.UUID(int=0))
_OTHER_KIND = Sentence("Only cases of one kind can be decided together.", "other-kind")


@require_POST
@login_required
def decide(request: HttpRequest) -> HttpResponse:
    """Decide several cases of a kind alike. Each is decided in its own transaction.

    What is refused comes back as it was chosen, with each reason named once.
    """
    access.require_desk(request.user)
    form = BulkForm(request.POST.get("kind", ""), request.POST)
    if not form.is_valid():
        # A reason that is refused is named; whatever else is wrong is about the decision.
        words = " ".join(map(str, form.errors.get("reason", ()))) or "Choose a decision that goes with all of them."
        messages.error(request, words, extra_tags="choose-reason" if "reason" in form.errors else "choose-decision")
        return _back(request, request.POST.getlist("case"))
    choice = DecisionInput(Act(form.cleaned_data["act"]), reason=form.cleaned_data["reason"], batch=uuid.uuid4())
    keys = list(dict.fromkeys(request.POST.getlist("case")))[:MOST_AT_ONCE]
    cases = [case for key in keys if (case := access.find_case(_uuid(key)))]
    refused = [(case, problem) for case in cases if (problem := _decide(request, case, choice))]
    _tell_decided(request, len(cases) - len(refused), choice)
    if gone := len(keys) - len(cases):
        words = ngettext(
            "One of the cases is gone: its author deleted what it was about.",
            "%d of the cases are gone: their authors deleted what they were about.",
            gone,
        )
        messages.error(request, words % gone if gone > 1 else words, extra_tags="case-gone")
    _tell_refused(request, "Not decided", ((case.title or "Without a title", problem) for case, problem in refused))
    if not keys:
        messages.info(request, "No case was chosen.", extra_tags="none-chosen")
    elif not refused:
        return redirect(f"{reverse('queue')}?{kept_filters(request)}")
    return _back(request, [str(case.public_id) for case, _ in refused])


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """List the decisions of a bulk; on POST, undo those that still stand, each in its own transaction."""
    found = access.get_decided_together(request.user, batch)
    standing = [decision for decision in found if decision.undone_at is None]
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        refused = []
        for decision in standing:
            try:
                decisions.undo(actor=person_of(request), decision=decision, note=form.cleaned_data["note"])
            except ForewarnedError as problem:
                refused.append((str(decision), problem.sentence))
        _tell_refused(request, "Not undone", refused)
        done = len(standing) - len(refused)
        words = ngettext("%d decision undone.", "%d decisions undone.", done) % done
        messages.info(request, words, extra_tags="undone" if done else "none-undone")
        if not refused:
            return redirect("decided_together", batch=batch)
        # The form comes back with the note in it, for another try.
        found = access.get_decided_together(request.user, batch)
    context = {"decisions": found, "form": form if standing else None}
    return render(request, "moderation/bulk.html", context, status=422 if request.method == "POST" else 200)


def _decide(request: HttpRequest, case: Case, choice: DecisionInput) -> str:
    """Decide one of several cases; return why it is refused, or an empty string."""
    if case.kind != request.POST["kind"]:
        return _OTHER_KIND
    if problem := why_not_at_once(case, choice.act):
        return problem
    try:
        decisions.decide(actor=person_of(request), case=case, choice=choice)
    except ForewarnedError as refused:
        return refused.sentence
    return ""


def _tell_decided(request: HttpRequest, number: int, choice: DecisionInput) -> None:
    if number:
        words = ngettext("%d case decided", "%d cases decided", number) % number
        link = reverse("decided_together", kwargs={"batch": choice.batch})
        messages.success(request, format_html('{}. <a href="{}">See or undo</a>', words, link), extra_tags="decided")


def _tell_refused(request: HttpRequest, what: str, refused: Iterable[tuple[str, str]]) -> None:
    """Show each refusal once, with the titles that it is about."""
    about: dict[str, list[str]] = {}
    for title, problem in refused:
        about.setdefault(problem, []).append(f"“{title}”")
    for problem, titles in about.items():
        messages.error(request, f"{what}: {', '.join(titles)}. {problem}", extra_tags=code_of(problem))


def _back(request: HttpRequest, keys: list[str]) -> HttpResponse:
    """Redirect to the same part of the queue, with the fields as they were sent and these cases ticked."""
    kind = request.POST.get("kind", "")
    place = place_of(request) | ({"kind": kind} if kind in AT_ONCE else {})
    chosen = {name: value for name in ("act", "reason") if (value := request.POST.get(name, "")[:_LONGEST_CHOICE])}
    ticks = [key for key in dict.fromkeys(str(_uuid(key)) for key in keys) if key != _NO_KEY][:MOST_AT_ONCE]
    return redirect(f"{reverse('queue')}?{urlencode({**place, **chosen, 'case': ticks}, doseq=True)}")


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)
