"""Post, show, edit and delete comments."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import why_suspended
from accounts.viewers import person_of, viewer_of
from common.errors import ForewarnedError, Sentence, code_of
from common.http.rate_limits import Limit, RateLimitedError, use
from common.http.returned_forms import signed_out_form
from common.pagination import cursor_of, cursor_page
from common.text.markdown import render as render_markdown
from reports import privacy_check
from reports.actions import comments as comment_actions
from reports.choices import Stance, Status
from reports.forms.comment import CommentForm, quoted
from reports.mentions import mentioned
from reports.models import Comment, Warning
from reports.news import see_comments
from reports.policies import access
from reports.policies import comments as comment_policies
from reports.querysets import ANSWERS_SHOWN

COMMENTS = Limit("comments", 30, 3_600, "Comments of one account")
THREAD_ORDER = ("published_at", "id")
# The orders of a discussion by query parameter; the default is oldest first.
THREAD_ORDERS = {"helpful": ("-helpfulness", "-id")}
ANSWERS_ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Post a comment on a warning, or reply to one."""
    warning = access.get_warning_for_reading(slug)
    if request.method != "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return _form(request, warning, CommentForm(initial=_begin(request)))
    if not request.user.is_authenticated:
        return signed_out_form(request)
    return _send(request, warning, CommentForm(request.POST))


def _send(request: HttpRequest, warning: Warning, form: CommentForm) -> HttpResponse:
    if refusal := why_suspended(request.user):
        return _form(request, warning, form, problem=refusal, status=403)
    if not form.is_valid():
        return _form(request, warning, form, status=422)
    fields, look = form.cleaned_data, _look(form)
    if shown := _shown_first(request, form, look, partial(_form, request, warning)):
        return shown
    try:
        use(COMMENTS, str(request.user.pk))
        comment = comment_actions.post_comment(
            actor=person_of(request),
            warning=warning,
            body=fields["body"],
            stance=Stance(fields["stance"]),
            submission_key=fields["key"],
            parent=_parent(warning, fields["parent"]),
            answering=fields["parent"],
            hints=look.hints(),
        )
    except RateLimitedError as refused:
        return _form(request, warning, form, problem=f"Please wait {refused.words}.", status=429)
    except ForewarnedError as refused:
        if refused.code == comment_actions.ANSWERED_GONE:
            form = CommentForm(initial=fields | {"parent": None})
        return _form(request, warning, form, problem=refused.sentence, status=refused.status)
    return _to_the_comment(request, comment)


def _shown_first(
    request: HttpRequest, form: CommentForm, look: privacy_check.PersonalDataCheck, show: Callable[..., HttpResponse]
) -> HttpResponse | None:
    """Return the form again for a preview, for replaced personal data, or for confirmation; None to continue."""
    fields, act = form.cleaned_data, request.POST.get("act", "send")
    if act == "preview":
        return show(form, preview=render_markdown(fields["body"]))
    if act == "mask":
        return show(CommentForm(initial=fields | look.masked), masked=look.count)
    if look.asks(request.POST):
        return show(form, personal=look.marked, status=422)
    return None


def _to_the_comment(request: HttpRequest, comment: Comment) -> HttpResponse:
    if comment.status == Status.PUBLISHED:
        return redirect(comment)
    messages.success(
        request, "Thank you. A moderator reads it first; until then only you see it.", extra_tags="comment-waits"
    )
    return redirect(f"{comment.warning.get_absolute_url()}#waiting")


def _look(form: CommentForm) -> privacy_check.PersonalDataCheck:
    """Find personal data in a comment, except mentions of users of this site."""
    body = form.cleaned_data["body"]
    return privacy_check.check_personal_data({"body": body}, spoken_to=[user.handle for user in mentioned(body)])


def _begin(request: HttpRequest) -> dict[str, Any]:
    parent = _comment(request.GET.get("reply", ""))
    body = quoted(parent.body) if parent and "quote" in request.GET else ""
    return {"parent": parent.public_id if parent else None, "body": body, "key": uuid.uuid4()}


def _form(
    request: HttpRequest, warning: Warning, form: CommentForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    parent = _comment(str(form["parent"].value() or ""))
    unnamed = access.unnamed_already(request.user, warning)
    context = {"warning": warning, "form": form, "parent": parent, "unnamed_already": unnamed, **more}
    return render(request, "reports/discussing/write.html", context, status=status)


@require_safe
def show(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Redirect to a comment on its page of the discussion or of replies, or to the warning of one that is gone."""
    try:
        comment = access.get_comment_for_reading(public_id)
    except Http404:
        return _to_where_it_stood(public_id)
    thread = comment.parent or comment
    if comment.parent and _answers_before(comment) >= ANSWERS_SHOWN:
        page = reverse("answers", kwargs={"public_id": thread.public_id})
        return redirect(f"{page}?from={cursor_of(comment, THREAD_ORDER)}#comment-{comment.public_id}")
    page = comment.warning.get_absolute_url()
    first = comment.warning.comments.published().filter(level=0).order_by(*THREAD_ORDER).first()
    start = "" if first is None or first.pk == thread.pk else f"?from={cursor_of(thread, THREAD_ORDER)}"
    return redirect(f"{page}{start}#comment-{comment.public_id}")


def _to_where_it_stood(public_id: uuid.UUID) -> HttpResponse:
    warning = access.find_warning_of_gone_comment(public_id)
    if warning is None:
        raise Http404("There is no such comment.")
    return redirect(f"{warning.get_absolute_url()}?comment=gone#discussion")


def _answers_before(answer: Comment) -> int:
    """Return the number of replies shown before this one."""
    earlier = Q(published_at__lt=answer.published_at) | Q(published_at=answer.published_at, pk__lt=answer.pk)
    return Comment.objects.published().filter(earlier, parent=answer.parent_id).count()


@require_safe
def answers(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a comment with all its replies."""
    try:
        comment = access.get_comment_for_reading(public_id, viewer_of(request))
    except Http404:
        return _to_where_it_stood(public_id)
    if comment.parent:
        return redirect("answers", public_id=comment.parent.public_id)
    reader = viewer_of(request)
    rows = comment.answers.published().select_related("author").seen_by(reader)
    page = cursor_page(request, rows, by=THREAD_ORDER, per_page=ANSWERS_ON_A_PAGE)
    news = see_comments(reader, comment.warning, [comment, *page.items]) if reader else None
    context = {
        "editable_since": timezone.now() - comment_policies.EDITABLE_FOR,
        "comment": comment,
        "warning": comment.warning,
        "answers": page,
        "seen": news.since if news else None,
    }
    return render(request, "reports/discussing/answers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Edit the user's own comment, for half an hour."""
    comment = _own(request, public_id)
    if not comment_policies.may_edit(request.user, comment, timezone.now()) and request.method != "POST":
        too_late = Sentence("A comment can be changed for half an hour. Write another one instead.", "too-late")
        problem = why_suspended(request.user) or too_late
        messages.error(request, problem, extra_tags=code_of(problem))
        return redirect(comment.warning)
    initial = {"body": comment.body, "stance": comment.stance}
    form = CommentForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        return _change(request, comment, form)
    return _edit_form(request, comment, form, status=422 if form.errors else 200)


def _change(request: HttpRequest, comment: Comment, form: CommentForm) -> HttpResponse:
    fields, look = form.cleaned_data, _look(form)
    if shown := _shown_first(request, form, look, partial(_edit_form, request, comment)):
        return shown
    try:
        changed = comment_actions.edit_comment(
            actor=person_of(request),
            comment=comment,
            body=fields["body"],
            stance=Stance(fields["stance"]),
            hints=look.hints(),
        )
    except ForewarnedError as refused:
        return _edit_form(request, comment, form, problem=refused.sentence, status=422)
    return _to_the_comment(request, changed)


def _edit_form(
    request: HttpRequest, comment: Comment, form: CommentForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"warning": comment.warning, "form": form, "comment": comment, **more}
    return render(request, "reports/discussing/edit.html", context, status=status)


@require_POST
@login_required
def delete(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Delete a comment."""
    comment = _own(request, public_id)
    try:
        comment_actions.delete_comment(actor=person_of(request), comment=comment)
        messages.success(request, "The comment is deleted.", extra_tags="deleted")
    except ForewarnedError as refused:
        messages.error(request, refused.sentence, extra_tags=refused.code)
    return redirect(f"{comment.warning.get_absolute_url()}#discussion")


def _own(request: HttpRequest, public_id: uuid.UUID) -> Comment:
    """Return a comment that the user wrote or may delete. Raises Http404."""
    found = Comment.objects.select_related("warning", "author", "parent").filter(public_id=public_id).first()
    if found is None or not (found.author_id == request.user.pk or comment_policies.may_delete(request.user, found)):
        raise Http404("You have no such comment.")
    return found


def _comment(public_id: str) -> Comment | None:
    try:
        return Comment.objects.readable().filter(public_id=uuid.UUID(public_id)).first()
    except ValueError:
        return None


def _parent(warning: Warning, public_id: uuid.UUID | None) -> Comment | None:
    """Return the comment replied to, or None if it is gone or belongs to another warning."""
    if public_id is None:
        return None
    rows = Comment.objects.readable().select_related("parent")
    return rows.filter(public_id=public_id, warning=warning).first()
