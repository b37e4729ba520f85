"""Edit a warning, decide suggestions, and restore an older version."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import may, why_suspended
from common.errors import ForewarnedError, Sentence
from common.http.rate_limits import RateLimitedError, use
from common.http.returned_forms import as_it_is
from common.pagination import paginate
from common.text.diff import differences
from common.text.markdown import MarkdownError
from common.text.markdown import render as render_markdown
from directory.choices import RevisionState
from directory.models import EntryRevision
from directory.views.edits import EDITS
from reports import privacy_check
from reports.actions import revisions
from reports.forms.report import known_tools
from reports.forms.revision import DeclineForm, EditForm, form_for
from reports.models import Revision, Warning
from reports.policies import access
from reports.policies import access as reports_access
from reports.tag_rows import TooManyTagsError
from reports.tag_suggestions import known_tags
from reports.version_text import LABELS, fields_now, fields_of, merged_now, readable

EDITS_ON_A_PAGE = 30
_NOT_NOW = Sentence("That is not possible just now.", "not-possible")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the edit form: with the current text, a preview, the result, or the conflicts with other edits."""
    warning = access.get_warning_for_editing(request.user, slug)
    if request.method != "POST":
        return _form(request, warning, form_for(warning))
    form = EditForm(request.POST)
    if suspended := why_suspended(request.user):
        return _form(request, warning, form, status=403, suspended=suspended)
    if request.POST.get("act") == "preview":
        return _form(request, warning, EditForm(initial=_typed(request)), preview=_preview(request))
    if not form.is_valid():
        return _form(request, warning, form, status=422)
    look = _look(warning, form)
    if request.POST.get("act") == "mask":
        return _form(request, warning, EditForm(initial=_typed(request) | look.masked), masked=look.count)
    if look.asks(request.POST):
        return _form(request, warning, form, status=422, personal=look.marked)
    try:
        use(EDITS, f"user:{request.user.pk}")
        revision = revisions.edit(
            actor=request.user,  # type: ignore[arg-type]
            warning=warning,
            fields=form.fields_of_text(),
            based_on=form.cleaned_data["based_on"],
            comment=form.cleaned_data["comment"],
            key=str(form.cleaned_data["key"]),
        )
    except revisions.EditConflictError as overlap:
        return _overlapping(request, warning, form, overlap)
    except RateLimitedError as refused:
        return _form(request, warning, form, status=refused.status, too_often=refused.wait)
    except revisions.EditingClosedError as refused:
        return _form(request, warning, form, status=refused.status, closed=True)
    except TooManyTagsError as refused:
        words = f"Together with those that others added meanwhile: {refused}"
        form.add_error("tags", ValidationError(words, code=refused.code))
        return _form(request, warning, form, status=409)
    except ForewarnedError as refused:
        return _refused(request, warning, form, refused)
    return _thanks(request, warning, revision)


def _overlapping(
    request: HttpRequest, warning: Warning, form: EditForm, overlap: revisions.EditConflictError
) -> HttpResponse:
    """Return the form with the merged text, and this edit's text where both sides changed the same passage."""
    warning.refresh_from_db()
    values, comment = overlap.merged.values, form.cleaned_data["comment"]
    theirs, mine = readable(overlap.theirs, values)
    labels = {name: LABELS[name] for name in overlap.merged.conflicts}
    found = {
        "sides": [(label, theirs[name], mine[name]) for name, label in labels.items()],
        "differences": differences(labels, theirs, mine),
        "version": overlap.version,
    }
    again = form_for(warning, values, comment=comment, key=form.cleaned_data["key"], based_on=overlap.version)
    return as_it_is(_form(request, warning, again, status=overlap.status, overlaps=found))


def _refused(request: HttpRequest, warning: Warning, form: EditForm, refused: ForewarnedError) -> HttpResponse:
    """Return the form with the submitted text and the error."""
    if refused.status == HTTPStatus.FORBIDDEN:
        return _form(request, warning, form, status=refused.status, suspended=refused.sentence)
    form.add_error(None, ValidationError(refused.sentence, code=refused.code))
    return _form(request, warning, form, status=refused.status)


def _thanks(request: HttpRequest, warning: Warning, revision: Revision) -> HttpResponse:
    if revision.state == RevisionState.APPLIED:
        messages.success(request, f"Thank you. Your edit is version {revision.number}.", extra_tags="edited")
        return redirect("warning", slug=warning.slug)
    if revision.state == RevisionState.SUGGESTED:
        words = "Thank you. Your edit waits for somebody who is trusted here."
        messages.success(request, words, extra_tags="edit-waits")
    return redirect("suggestion", slug=warning.slug, pk=revision.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def suggestion(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a suggested edit next to the current text, with the actions available to the user."""
    row = access.get_suggestion(request.user, slug, pk)
    form = DeclineForm()
    status, problem = 200, ""
    if request.method == "POST":
        form = DeclineForm(request.POST if request.POST.get("act") == "decline" else None)
        problem = _decide(request, row, form)
        if not problem and not form.errors:
            return redirect("suggestion", slug=slug, pk=pk)
        row, status = access.get_suggestion(request.user, slug, pk), 409 if problem else 422
    warning = row.warning
    waiting = row.state == RevisionState.SUGGESTED
    merged = merged_now(warning, fields_of(row), row.based_on) if waiting else None
    context = {
        "warning": warning,
        "revision": row,
        "waiting": waiting,
        "overlaps": [LABELS[name] for name in merged.conflicts] if merged else [],
        "differences": differences(LABELS, *readable(fields_now(warning), merged.values)) if merged else [],
        "refusal": access.why_not_decide(request.user, row) if waiting else "",
        "own": row.author_id == request.user.pk,
        "form": form,
        "problem": problem,
        "text": readable(fields_of(row))[0],
    }
    return render(request, "reports/revising/suggestion.html", context, status=status)


def _decide(request: HttpRequest, row: Revision, form: DeclineForm) -> str:
    """Perform the requested action on a suggestion; return the error as a sentence."""
    act, actor = request.POST.get("act", ""), request.user
    try:
        if act == "accept" and request.POST.get("seen") != str(row.warning.version):
            return Sentence("The warning was changed since you opened this page. Please look again.", "changed-since")
        if act == "accept":
            revisions.accept(actor=actor, revision=row)  # type: ignore[arg-type]
        elif act == "withdraw":
            revisions.withdraw(actor=actor, revision=row)  # type: ignore[arg-type]
        elif form.is_valid():
            revisions.decline(actor=actor, revision=row, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
    except TooManyTagsError as refused:
        return Sentence(f"Together with those that others added since: {refused}", refused.code)
    except ForewarnedError as refused:
        return refused.sentence
    return ""


@require_POST
@login_required
def restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Restore an older version, directly or as a suggestion."""
    warning = access.get_warning_for_editing(request.user, slug)
    access.get_version(warning, number)
    try:
        use(EDITS, f"user:{request.user.pk}")
        revision = revisions.restore(actor=request.user, warning=warning, number=number)  # type: ignore[arg-type]
    except revisions.NothingChangedError as same:
        messages.info(request, same.sentence, extra_tags=same.code)
    except revisions.EditingClosedError:
        messages.error(request, _NOT_NOW, extra_tags=_NOT_NOW.code)
    except RateLimitedError:
        messages.error(request, _NOT_NOW, extra_tags=_NOT_NOW.code)
    except ForewarnedError as refused:
        messages.error(request, refused.sentence, extra_tags=refused.code)
    else:
        return _thanks(request, warning, revision)
    return redirect("history", slug=slug)


@require_safe
@login_required
def own_edits(request: HttpRequest) -> HttpResponse:
    """List the user's edits and suggestions, and for trusted users also pending suggestions."""
    trusted = may("edit_directly", request.user)
    context = {
        "listing": paginate(request, Revision.objects.by_author(request.user), per_page=EDITS_ON_A_PAGE),
        "entries": paginate(
            request,
            EntryRevision.objects.by_author(request.user),
            per_page=EDITS_ON_A_PAGE,
            parameter="entries",
        ),
        "trusted": trusted,
        "waiting_entries": EntryRevision.objects.waiting().exclude(author=request.user.pk)[:100] if trusted else (),
        "waiting": Revision.objects.waiting().naming_authors().exclude(author=request.user.pk)[:100]
        if trusted
        else (),
    }
    return render(request, "reports/revising/own_edits.html", context)


def _form(request: HttpRequest, warning: Warning, form: EditForm, *, status: int = 200, **shown: Any) -> HttpResponse:
    context = {
        "warning": warning,
        "form": form,
        "directly": may("edit_directly", request.user),
        "unnamed_already": reports_access.unnamed_already(request.user, warning),
        "tools": known_tools(),
        "tags": known_tags(),
        **shown,
    }
    return render(request, "reports/revising/edit.html", context, status=status)


def _typed(request: HttpRequest) -> dict[str, Any]:
    """Return the submitted data without validation, since a preview shows no errors."""
    several = {"tactics", "marketplaces"}
    names = EditForm.base_fields
    return {name: request.POST.getlist(name) if name in several else request.POST.get(name, "") for name in names}


def _preview(request: HttpRequest) -> str:
    try:
        return render_markdown(request.POST.get("body", ""))
    except MarkdownError as refused:
        return format_html("<p>{}</p>", str(refused))


def _look(warning: Warning, form: EditForm) -> privacy_check.PersonalDataCheck:
    """Find personal data in an edit that is not already in the warning."""
    texts = {name: form.cleaned_data[name] for name in ("title", "summary", "body", "what_to_do")}
    texts["what_to_do"] = "\n".join(texts["what_to_do"])
    now = fields_now(warning)
    return privacy_check.check_personal_data(texts, before=now | {"what_to_do": "\n".join(now["what_to_do"])})
