"""Edit the directory, decide suggestions and declare connections."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import may, why_suspended
from common.errors import ForewarnedError, Sentence
from common.http.rate_limits import Limit, RateLimitedError, use
from common.http.returned_forms import as_it_is
from common.text.diff import differences
from common.text.merge import merge_fields
from directory.actions import edits
from directory.choices import EntryKind, RevisionState
from directory.entries import Entry, scope_of
from directory.entry_text import LABELS, readable
from directory.forms.edits import ConnectionForm, DeclineForm, content_of, forms_for, posted_forms
from directory.models import Connection, EntryRevision
from directory.policies import access

EDITS = Limit("edits", 60, 3_600, "Edits of warnings and of the directory, of one account")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, kind: EntryKind, slug: str, part: str = "") -> HttpResponse:
    """Show the edit form of an entry: with its content, the result, or the conflicts with other edits."""
    asked = request.GET.get("scope")
    scope = tuple(asked.split("|")) if asked else None
    entry = access.get_entry(kind, f"{slug}/{part}" if part else slug, scope)
    if request.method != "POST":
        return _form(request, entry, *forms_for(entry))
    form, sources = posted_forms(entry, request.POST)
    if suspended := why_suspended(request.user):
        return _form(request, entry, form, sources, status=403, suspended=suspended)
    valid = form.is_valid() and (sources is None or sources.is_valid())
    if not valid:
        return _form(request, entry, form, sources, status=422)
    fields = form.cleaned_data
    try:
        use(EDITS, f"user:{request.user.pk}")
        done = edits.edit(
            actor=request.user,  # type: ignore[arg-type]
            entry=entry,
            base=fields["base"],
            content=content_of(form, sources),
            comment=fields["comment"],
            key=str(fields["key"]),
            today=timezone.localdate(),
        )
    except edits.EditConflictError as overlap:
        return _overlapping(request, entry, form, overlap)
    except ForewarnedError as refused:
        words = _words(refused)
        form.add_error(None, ValidationError(words, code=words.code))
        return _form(request, entry, form, sources, status=429 if isinstance(refused, RateLimitedError) else 422)
    return _thanks(request, entry, done)


def _overlapping(request: HttpRequest, entry: Entry, form: Any, overlap: edits.EditConflictError) -> HttpResponse:
    """Return the form with the merged content, and this edit's values where both sides changed the same field."""
    theirs, mine = readable(overlap.theirs), readable(overlap.merged.values)
    now = access.get_entry(entry.kind, entry.key, scope_of(overlap.theirs))
    labels = {name: LABELS[entry.kind][name] for name in overlap.merged.conflicts}
    found = {
        "sides": [(label, theirs[name], mine[name]) for name, label in labels.items()],
        "differences": differences(labels, theirs, mine),
    }
    kept = {name: form.cleaned_data[name] for name in ("comment", "key")}
    return as_it_is(_form(request, now, *forms_for(now, overlap.merged.values, **kept), status=409, overlaps=found))


def _words(refused: ForewarnedError) -> Sentence:
    if isinstance(refused, RateLimitedError):
        words = f"You made many edits. Nothing is lost: please wait {refused.words} and send again."
        return Sentence(words, refused.code)
    return refused.sentence


def _thanks(request: HttpRequest, entry: Entry, done: EntryRevision) -> HttpResponse:
    if done.state == RevisionState.APPLIED:
        messages.success(request, f"Thank you. Your edit is version {done.number}.", extra_tags="edited")
        return redirect(entry.page)
    if done.state == RevisionState.SUGGESTED:
        words = "Thank you. Your edit waits for somebody who is trusted here."
        messages.success(request, words, extra_tags="edit-waits")
    return redirect("entry_revision", pk=done.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an edit: what it changed, or would change now, with the actions available to the user."""
    row = access.get_revision(request.user, pk)
    entry = access.get_entry_of(row)
    form, status, problem = DeclineForm(), 200, ""
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        form = DeclineForm(request.POST if request.POST.get("act") == "decline" else None)
        problem = _decide(request, row, entry, form)
        if not problem and not form.errors:
            return redirect("entry_revision", pk=pk)
        row, status = access.get_revision(request.user, pk), 409 if problem else 422
    waiting = row.state == RevisionState.SUGGESTED
    merged = merge_fields(row.before, row.after, entry.content) if waiting else None
    before, after = (entry.content, merged.values) if merged else (row.before, row.after)
    labels = LABELS[entry.kind]
    context = {
        "entry": entry,
        "revision": row,
        "waiting": waiting,
        "overlaps": [labels[name] for name in merged.conflicts] if merged else [],
        "differences": differences(labels, readable(before), readable(after)),
        "refusal": access.why_not_decide(request.user, row, entry) if waiting else "",
        "own": request.user.pk is not None and row.author_id == request.user.pk,
        "form": form,
        "problem": problem,
    }
    return render(request, "directory/revising/revision.html", context, status=status)


def _decide(request: HttpRequest, row: EntryRevision, entry: Entry, form: DeclineForm) -> str:
    """Perform the requested action on a suggestion; return the error as a sentence."""
    act, actor = request.POST.get("act", ""), request.user
    try:
        if act == "accept" and request.POST.get("seen") != entry.digest:
            return Sentence("This was changed since you opened the page. Please look again.", "changed-since")
        if act == "accept":
            edits.accept(actor=actor, revision=row, today=timezone.localdate())  # type: ignore[arg-type]
        elif act == "withdraw":
            edits.withdraw(actor=actor, revision=row)  # type: ignore[arg-type]
        elif form.is_valid():
            edits.decline(actor=actor, revision=row, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
    except ForewarnedError as refused:
        return refused.sentence
    return ""


@require_POST
@login_required
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Restore the content of an entry after an edit, directly or as a suggestion."""
    row = access.get_revision(request.user, pk)
    entry = access.get_entry_of(row)
    try:
        use(EDITS, f"user:{request.user.pk}")
        done = edits.restore(actor=request.user, revision=row, today=timezone.localdate())  # type: ignore[arg-type]
    except ForewarnedError as refused:
        words = _words(refused)
        messages.error(request, words, extra_tags=words.code)
        return redirect("entry_revision", pk=pk)
    return _thanks(request, entry, done)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def connections(request: HttpRequest) -> HttpResponse:
    """List the user's declared connections, and declare a new one."""
    form = ConnectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        edits.declare_connection(actor=request.user, tool=fields["tool"], words=fields["words"])  # type: ignore[arg-type]
        messages.success(
            request, "Thank you. It is shown beside your edits and on your profile.", extra_tags="declared"
        )
        return redirect("connections")
    context = {"form": form, "connections": Connection.objects.of(request.user)}
    return render(request, "directory/revising/connections.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def end_connection(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a declared connection."""
    row = access.get_connection(request.user, pk)
    edits.end_connection(actor=request.user, connection=row)  # type: ignore[arg-type]
    return redirect("connections")


def _form(
    request: HttpRequest, entry: Entry, form: Any, sources: Any, *, status: int = 200, **shown: Any
) -> HttpResponse:
    context = {
        "entry": entry,
        "form": form,
        "sources": sources,
        "directly": may("edit_directly", request.user),
        **shown,
    }
    return render(request, "directory/revising/edit.html", context, status=status)
