"""The pages of reasons for decisions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.permissions import may
from accounts.viewers import person_of
from common.errors import ForewarnedError
from moderation.actions import reasons as reason_actions
from moderation.choices import Act
from moderation.forms.settings import ReasonForm
from moderation.models import Reason
from moderation.policies.access import require_desk

_ACTS = {"retire": reason_actions.retire, "bring-back": reason_actions.bring_back}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reasons(request: HttpRequest) -> HttpResponse:
    """List the reasons and how often each was given; administrators can add one."""
    require_desk(request.user)
    form, status = ReasonForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = reason_actions.add(actor=person_of(request), fields=form.fields_of_reason())
            except ForewarnedError as refused:
                form.add_error("label", ValidationError(refused.sentence, code=refused.code))
            else:
                messages.success(request, f"“{made.label}” can be chosen from now on.", extra_tags="added")
                return redirect("reasons")
    rows = [
        (row, [Act(act).label for act in row.acts if act in Act.values])
        for row in Reason.objects.annotate(given=Count("decisions")).order_by("retired", "position", "label")
    ]
    context = {"rows": rows, "form": form if may("keep_desk", request.user) else None}
    return render(request, "moderation/reasons.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reason(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a reason; on POST, change, retire or restore it."""
    require_desk(request.user)
    row = Reason.objects.filter(slug=slug).first()
    if row is None or not may("keep_desk", request.user):
        raise Http404("There is no such reason.")
    if request.method != "POST":
        return render(request, "moderation/reason.html", {"reason": row, "form": ReasonForm.of(row)})
    act = request.POST.get("act", "")
    if act in _ACTS:
        try:
            _ACTS[act](actor=person_of(request), reason=row)
        except ForewarnedError as refused:
            messages.error(request, refused.sentence, extra_tags=refused.code)
            return redirect("reason", slug=slug)
        messages.success(
            request,
            "Retired: it is offered no more." if act == "retire" else "It is offered again.",
            extra_tags="retired" if act == "retire" else "offered-again",
        )
        return redirect("reasons")
    return _change(request, row)


def _change(request: HttpRequest, row: Reason) -> HttpResponse:
    form, theirs = ReasonForm(request.POST), None
    if form.is_valid():
        try:
            reason_actions.change(
                actor=person_of(request), reason=row, seen=form.cleaned_data["seen"], fields=form.fields_of_reason()
            )
        except reason_actions.ReasonChangedError:
            # Show the other version beside the form; submitting again overwrites it.
            row.refresh_from_db()
            theirs = row
            kept = {name: form[name].value() for name in form.fields} | {
                "seen": ReasonForm.of(theirs).initial["seen"]
            }
            form = ReasonForm(initial=kept)
        except ForewarnedError as refused:
            form.add_error(None, ValidationError(refused.sentence, code=refused.code))
        else:
            messages.success(
                request, "Saved. What was told with it until now stays as it was told.", extra_tags="saved"
            )
            return redirect("reasons")
    context = {"reason": row, "form": form, "theirs": theirs}
    return render(request, "moderation/reason.html", context, status=409 if theirs else 422)
