"""The report form, its drafts and images, and the confirmation page."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import may, why_suspended
from accounts.senders import sender_changed
from common import proof_of_work
from common.errors import ForewarnedError, Sentence
from common.http.answers import forget_answers
from common.http.decorators import private
from common.http.rate_limits import Limit, RateLimitedError, source, use
from common.http.uploads import is_full
from common.pagination import paginate
from reports import evidence_store
from reports.actions import drafts as draft_actions
from reports.actions.submissions import SentAlreadyError
from reports.draft_cookie import COOKIE_DAYS, Writer, delete_draft_cookie, set_draft_cookie, with_secret, writer_of
from reports.forms.report import SubmissionForm, known_tools
from reports.models import Draft, Report
from reports.policies import access
from reports.policies.access import unnamed_already
from reports.review_time_estimate import review_time
from reports.similar_warnings import similar_warnings
from reports.tag_suggestions import known_tags
from reports.views import evidence as evidence_views
from reports.views.report_input import ReportInput, as_data, posted, typed_fields
from reports.workflow import OPEN

# High enough for autosaves at each pause, by several people in the same office.
POSTS = Limit(
    "report-form",
    600,
    600,
    "Saving, previewing and sending the form for a report, of one network",
    "This form was used very often from your network.",
)
# What the buttons of the form did, where the page does not show it by itself.
DONE = {
    "attach": Sentence("The pictures are with this report now. Nothing was sent yet.", "attached"),
    "remove": Sentence("The picture is removed.", "removed"),
    "leave": Sentence("This is a report of its own again. Nothing was sent yet.", "left"),
    "save": Sentence("Your draft is saved. Nothing was sent yet.", "saved"),
}
_NOTHING_TYPED = Sentence("There is nothing to save yet: nothing is filled in.", "nothing-typed")
DRAFTS_ON_A_PAGE = 20
PREFILLED = ("tools", "tactics", "marketplace", "happened_in", "joins", "title", "body")


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Show the report form: empty, prefilled, restored, or with the result of a POST."""
    writer = _writer(request)
    if request.method != "POST":
        # With the cookie from the start: a form that is sent twice at once is known to come from one browser.
        begun = _begin(request, with_secret(writer))
        begun.settle()
        return _form(request, begun, done=DONE.get(request.GET.get("done", "")))
    writing = ReportInput(
        with_secret(writer), source(request), posted(request.POST), _key(request.POST.get("draft", ""))
    )
    try:
        use(POSTS, writing.source)
        if request.POST.get("act") == "leave":
            writing.data["joins"] = ""
        if _asked(request) == "send":
            writing.files = evidence_views.hashes_of(request.FILES.getlist("pictures"))
        writing.settle()
        if (sent := writing.sent()) is not None:
            return _once_more(request, writing, sent)
        writing.save(for_pictures=bool(request.FILES.getlist("pictures")))
        _attach(request, writing)
        return _act(request, writing)
    except SentAlreadyError as refused:
        return _another(request, writing, refused.report)
    except RateLimitedError as refused:
        return _form(request, writing, too_often=refused, status=429)
    except ForewarnedError as refused:
        writing.problems.append(refused.sentence)
        return _form(request, writing, status=refused.status)


def _attach(request: HttpRequest, writing: ReportInput) -> None:
    files = request.FILES.getlist("pictures")
    for file in files:
        # It may have been read for a draft that is gone.
        file.seek(0)
    writing.attach_pictures(files, replaces=request.POST.get("replaces", ""), full=is_full(request))


def _once_more(request: HttpRequest, writing: ReportInput, sent: Report) -> HttpResponse:
    """Answer a form whose report was sent: the same report as the first time, anything else as another one."""
    if sender_changed(request):
        return _form(request, writing, status=409, other_sender=True)
    if _asked(request) == "send" and writing.repeats(sent):
        return _to_sent(writing, sent)
    return _another(request, writing, sent)


def _another(request: HttpRequest, writing: ReportInput, sent: Report) -> HttpResponse:
    """Return a form as a draft of its own, with the report that was sent before and what to do with this one."""
    try:
        writing.start_another()
        _attach(request, writing)
    except ForewarnedError as refused:
        writing.problems.append(refused.sentence)
    preview = writing.preview() if _asked(request) == "preview" else ""
    return _form(request, writing, status=409, sent_already=sent, preview=preview, **_addresses(writing, sent))


def _addresses(writing: ReportInput, sent: Report) -> dict[str, str]:
    """Return where its author sees a report that was sent, and corrects it, as far as that is possible."""
    try:
        _, code = access.get_sent_report(writing.writer, uuid.UUID(str(sent.submission_key)))
    except Http404:
        return {}
    if writing.writer.user:
        seen = reverse("your_report", kwargs={"public_id": sent.public_id})
    else:
        seen = reverse("tracked", kwargs={"code": code})
    whole = sent.carries_its_warning or not (writing.data.get("title") or writing.data.get("tags"))
    return {"sent_at": seen, "corrected_at": seen if whole and sent.status in OPEN else ""}


def _asked(request: HttpRequest) -> str:
    """Return what the pressed button asks for."""
    return "attach" if "replaces" in request.POST else request.POST.get("act", "send")


def _act(request: HttpRequest, writing: ReportInput) -> HttpResponse:
    if sender_changed(request):
        return _form(request, writing, status=409, other_sender=True)
    act = _asked(request)
    if writing.conflict is not None:
        return _form(request, writing, status=409)
    if act.startswith(evidence_views.REMOVES) and writing.draft:
        evidence_views.remove(writing.draft, act)
    elif act == "mask":
        count, writing = writing.look.count, writing.masked()
        writing.save()
        return _form(request, writing, masked=count)
    elif act == "preview":
        return _form(request, writing, preview=writing.preview())
    elif act == "save" and writing.draft is None:
        writing.problems.append(_NOTHING_TYPED)
    elif act == "save" and not writing.problems and not writing.notes:
        return set_draft_cookie(
            redirect(f"{request.path}?draft={writing.public_id}{_kept(writing, '&')}&done=save"), writing.writer
        )
    elif act == "send":
        return _send(request, writing)
    done = DONE.get("remove" if act.startswith(evidence_views.REMOVES) else act)
    return _form(request, writing, status=422 if writing.problems else 200, done=None if writing.problems else done)


def _send(request: HttpRequest, writing: ReportInput) -> HttpResponse:
    if refusal := why_suspended(request.user):
        writing.problems.append(refusal)
        return _form(request, writing, status=403)
    if writing.joined.why_not:
        return _form(request, writing, status=422)
    if not writing.form.is_valid() or writing.problems:
        # All that is asked comes at once.
        personal = writing.look.marked if writing.look.asks(request.POST) else None
        return _form(request, writing, personal=personal, status=422)
    if "again" not in request.POST and writing.sent_before():
        return _to_sent(writing, writing.send())
    if writing.look.asks(request.POST):
        return _form(request, writing, personal=writing.look.marked, status=422)
    if "looked" not in request.POST and not writing.form.cleaned_data["joins"] and (offers := writing.offers()):
        return _form(request, writing, offers=offers, status=422)
    if "again" not in request.POST and (alike := writing.sent_alike()):
        return _form(request, writing, sent_alike=alike, status=422)
    return _to_sent(writing, writing.send())


def _to_sent(writing: ReportInput, report: Report) -> HttpResponse:
    """Redirect to the page of a report that was sent from this form, or before it with the same content."""
    address = reverse("report_sent", kwargs={"key": report.submission_key})
    return set_draft_cookie(redirect(f"{address}{_kept(writing, '?')}"), writing.writer)


def _kept(writing: ReportInput, sign: str) -> str:
    """Return the query parameter with the ID of the browser's local copy, so that it is deleted there."""
    return f"{sign}kept={writing.instead_of}" if writing.instead_of else ""


def _begin(request: HttpRequest, writer: Writer) -> ReportInput:
    """Return the requested draft, the fields prefilled by a link, or the user's latest draft."""
    asked = writer.draft(request.GET.get("draft", ""))
    prefilled = as_data({name: request.GET.getlist(name) for name in PREFILLED if request.GET.getlist(name)})
    latest = None if prefilled or "new" in request.GET else writer.drafts().first()
    draft = asked or latest
    if draft:
        kept = _id(request.GET.get("kept", "")) if asked else None
        return ReportInput(writer, "", as_data(draft.fields), draft.public_id, draft, restored=True, instead_of=kept)
    return ReportInput(writer, "", prefilled, uuid.uuid4())


def _form(request: HttpRequest, writing: ReportInput, *, status: int = 200, **shown: Any) -> HttpResponse:
    # The input is always kept; errors are shown only when the report is submitted.
    checked = request.method == "POST" and _asked(request) == "send"
    form = writing.form if checked else SubmissionForm(initial=_initial(writing))
    context = {
        "form": form,
        "writing": writing,
        "pictures": evidence_views.shown(writing.draft, evidence_views.words_in(writing.data)),
        "tools": known_tools(),
        "tags": known_tags(),
        "challenge": None if writing.writer.user else proof_of_work.challenge(),
        "others": writing.writer.drafts().exclude(public_id=writing.public_id).count(),
        "joined": writing.joined.warning,
        "at_once": may("report_at_once", request.user),
        "unnamed_already": unnamed_already(request.user, writing.joined.warning),
        **shown,
    }
    return set_draft_cookie(render(request, "reports/report_form.html", context, status=status), writing.writer)


def _initial(writing: ReportInput) -> dict[str, Any]:
    fields = typed_fields(writing.data)
    several = {"tactics"}
    return {name: values if name in several else values[0] for name, values in fields.items()}


@require_POST
def autosave(request: HttpRequest) -> JsonResponse:
    """Save a draft while the user types; return 409 if another tab saved a newer version, and 422 without room.

    The version of an empty draft, which is not kept, is 0.
    A text is not saved for another account than the one that opened the form.
    """
    if sender_changed(request):
        return JsonResponse({"sender": "changed"}, status=403)
    writer = with_secret(_writer(request))
    writing = ReportInput(writer, source(request), posted(request.POST), _key(request.POST.get("draft", "")))
    try:
        use(POSTS, writing.source)
    except RateLimitedError as refused:
        return JsonResponse({"wait": refused.wait}, status=429)
    if Report.objects.filter(submission_key=str(writing.public_id)).exists():
        return JsonResponse({"sent": True}, status=410)
    try:
        writing.save()
    except RateLimitedError as refused:
        return JsonResponse({"wait": refused.wait, "problem": refused.sentence}, status=429)
    except ForewarnedError as refused:
        return JsonResponse({"problem": refused.sentence}, status=422)
    saved = {"draft": str(writing.public_id), "version": writing.version}
    answer = JsonResponse(saved, status=409 if writing.conflict is not None else 200)
    set_draft_cookie(answer, writer)
    return answer


@require_POST
def offers(request: HttpRequest) -> JsonResponse:
    """Return warnings that the report may belong to: `offers` with title, slug, address and report count."""
    try:
        use(POSTS, source(request))
    except RateLimitedError as refused:
        return JsonResponse({"wait": refused.wait}, status=429)
    form = SubmissionForm(posted(request.POST))
    form.is_valid()
    found = similar_warnings(form.cleaned_data)
    return JsonResponse(
        {
            "offers": [
                {"title": row.title, "slug": row.slug, "reports": row.report_count, "url": f"/warnings/{row.slug}/"}
                for row in found
            ]
        }
    )


@require_safe
def list_drafts(request: HttpRequest) -> HttpResponse:
    """List the user's drafts, newest first."""
    writer = _writer(request)
    asked = request.GET.get("deleted", "")
    deleted = _id(asked) if writer.draft(asked) is None else None
    listing = paginate(request, writer.drafts(), per_page=DRAFTS_ON_A_PAGE)
    return render(request, "reports/drafts.html", {"listing": listing, "deleted": deleted})


@require_POST
def delete_draft(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Delete a draft."""
    draft = _writer(request).draft(str(public_id))
    if draft is None:
        raise Http404("You have no such draft.")
    draft_actions.delete_draft(draft=draft)
    return redirect(f"{reverse('drafts')}?deleted={public_id}")


@require_safe
def sent(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show what happens next, and the tracking code for users without an account."""
    report, code = access.get_sent_report(writer_of(request), key)
    kept = _id(request.GET.get("kept", ""))
    context = {"report": report, "code": code, "wait": review_time(timezone.now()), "kept": kept}
    context["shown_for"] = COOKIE_DAYS
    response = private(render(request, "reports/sent.html", context))
    # What was asked on the way holds the text of the report, which is no draft any more.
    forget_answers(response)
    return response


@require_POST
def forget_browser(request: HttpRequest) -> HttpResponse:
    """Delete the draft cookie, and the key to the answers that are kept, from a shared browser."""
    response = delete_draft_cookie(redirect("home"))
    forget_answers(response)
    return response


@require_safe
def show_picture(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Serve an image of evidence to a user who may see it."""
    row = access.get_picture(request.user, writer_of(request), public_id, request.GET.get("token", ""))
    try:
        content = evidence_store.read(row)
    except OSError:
        raise Http404("The picture is gone.") from None
    response = HttpResponse(content, content_type=row.media_type)
    # User content, even though it was re-encoded: browsers must not treat it as a page.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response.headers["Content-Disposition"] = f'inline; filename="evidence.{row.media_type.rpartition("/")[2]}"'
    response.headers["Cache-Control"] = "private, max-age=3600" if row.published else "no-store"
    return response


def _writer(request: HttpRequest) -> Writer:
    """Return the author, claiming drafts that were created before login."""
    writer = writer_of(request)
    # Check first: most requests have nothing to claim and need no write transaction.
    if writer.user and writer.secret and Draft.objects.begun_in(writer.browser_hash).exists():
        draft_actions.claim_drafts(owner=writer.user, browser_hash=writer.browser_hash)
    return writer


def _key(text: str) -> uuid.UUID:
    """Return the ID of a draft, or a new one."""
    return _id(text) or uuid.uuid4()


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
