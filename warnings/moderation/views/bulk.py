"""Decisions that were made together in bulk, and their common undo."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.viewers import person_of
from common.errors import ForewarnedError
from moderation.actions import decisions
from moderation.forms.cases import UndoForm
from moderation.policies import access


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """List the decisions of a bulk; on POST, undo those that still stand, each in its own transaction."""
    found = access.get_decided_together(request.user, batch)
    standing = [decision for decision in found if decision.undone_at is None]
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = left = 0
        for decision in standing:
            try:
                decisions.undo(actor=person_of(request), decision=decision, note=form.cleaned_data["note"])
                done += 1
            except ForewarnedError as refused:
                left += 1
                messages.error(request, f"{decision}: {refused.sentence}", extra_tags=refused.code)
        words = ngettext("%d decision undone.", "%d decisions undone.", done) % done
        messages.info(request, words, extra_tags="undone" if done else "none-undone")
        if not left:
            return redirect("decided_together", batch=batch)
        # The form comes back with the note in it, for another try.
        found = access.get_decided_together(request.user, batch)
    context = {"decisions": found, "form": form if standing else None}
    return render(request, "moderation/bulk.html", context, status=422 if request.method == "POST" else 200)
