"""Redact areas of an image."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.viewers import person_of
from common.errors import ForewarnedError, Sentence
from common.images.clean import clean
from moderation.forms.images import RedactionForm
from moderation.policies import access
from reports import evidence_store
from reports.actions import redaction
from reports.models import Evidence


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def picture(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a picture of a report; on POST, redact areas of it or undo the last redaction."""
    row = access.get_picture(request.user, public_id)
    refusal = access.why_not_redact(person_of(request), row)
    form = RedactionForm(request.POST if request.method == "POST" else None, initial={"seen": row.sha256})
    status, problem = 200, ""
    if request.method == "POST":
        done, problem = (False, refusal) if refusal else _act(request, row, form)
        if done:
            row.refresh_from_db()
            return redirect("cover_picture", public_id=row.public_id)
        status = 409 if problem else 422
    last = row.coverings.filter(undone_at=None).exclude(stored_name="").first()
    cases = row.report.cases.open() if row.report else []
    context = {
        "picture": row,
        "form": form,
        "refusal": refusal,
        "problem": "" if refusal else problem,
        "last": last,
        "cases": cases,
    }
    return render(request, "moderation/picture.html", context, status=status)


def _act(request: HttpRequest, row: Evidence, form: RedactionForm) -> tuple[bool, str]:
    """Redact or undo as requested; return whether it succeeded, and the error as a sentence."""
    if request.POST.get("act") == "undo":
        problem = _undo(request, row)
    elif form.is_valid():
        problem = _cover(request, row, form)
    else:
        return False, ""
    return not problem, problem


def _cover(request: HttpRequest, row: Evidence, form: RedactionForm) -> str:
    """Redact areas; return the error as a sentence, or an empty string."""
    areas, seen = form.cleaned_data["areas"], form.cleaned_data["seen"]
    try:
        # Draw before taking locks, because drawing is slow.
        [drawn] = clean(evidence_store.read(row), areas)
        redaction.redact_image(actor=person_of(request), picture=row, seen=seen, areas=areas, drawn=drawn)
    except ForewarnedError as refused:
        return refused.sentence
    except OSError:
        return Sentence(
            "The picture could not be read or stored just now. Nothing was changed; please try again.", "unreadable"
        )
    messages.success(request, "Covered. For seven days it can be undone here.", extra_tags="covered")
    return ""


def _undo(request: HttpRequest, row: Evidence) -> str:
    """Undo the last redaction; return the error as a sentence, or an empty string."""
    last = row.coverings.filter(undone_at=None).first()
    if last is None:
        return Sentence("Nothing is covered that could be undone.", "nothing-covered")
    try:
        redaction.restore_image(actor=person_of(request), covering=last)
    except ForewarnedError as refused:
        return refused.sentence
    messages.success(request, "The picture is as it was before.", extra_tags="uncovered")
    return ""
