"""Account pages that allauth does not provide."""

import uuid
from http import HTTPStatus

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import policies
from accounts.actions import accounts as accounts_actions
from accounts.forms.accounts import DeletionForm, FirstAdministratorForm
from accounts.middleware import CLEAR_ALL
from accounts.models import Session
from accounts.viewers import person_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """List the user's sessions."""
    rows = Session.objects.of(request.user, timezone.now())
    return render(request, "accounts/sessions.html", {"sessions": rows, "here": request.session.session_key})


@require_POST
@login_required
def end_session(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """End one of the user's sessions."""
    if not accounts_actions.end_session(actor=request.user, public_id=public_id):  # type: ignore[arg-type]
        raise Http404
    messages.success(request, "That session has ended.", extra_tags="session-ended")
    return redirect("account_sessions")


@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all sessions except the current one."""
    accounts_actions.end_other_sessions(actor=request.user, but=request.session.session_key or "")  # type: ignore[arg-type]
    messages.success(request, "You are signed out everywhere else.", extra_tags="signed-out-elsewhere")
    return redirect("account_sessions")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def delete_account(request: HttpRequest) -> HttpResponse:
    """Erase the user's account after they confirm it with their handle."""
    user = person_of(request)
    form = DeletionForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            accounts_actions.erase_account(actor=user)
        except accounts_actions.LastAdministratorError as refused:
            form.add_error(None, ValidationError(refused.sentence, code=refused.code))
        else:
            logout(request)
            response = redirect("account_deleted")
            response.headers["Clear-Site-Data"] = CLEAR_ALL
            return response
    context = {"form": form, "last_administrator": policies.is_last_administrator(user)}
    return render(request, "accounts/delete.html", context, status=422 if form.errors else 200)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """Confirm that an account was erased."""
    return render(request, "accounts/deleted.html")


@require_http_methods(["GET", "HEAD", "POST"])
def first_administrator(request: HttpRequest, token: str) -> HttpResponse:
    """Create the first administrator from a one-time link, then redirect to set up a second factor."""
    try:
        state = accounts_actions.state_of_first_administrator_link(token=token)
    except accounts_actions.LinkExpiredError:
        raise Http404 from None
    if state != accounts_actions.LinkState.CURRENT:
        return render(request, "accounts/first_administrator_over.html", {"state": state}, status=HTTPStatus.GONE)
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = accounts_actions.make_first_administrator(
                token=token, handle=form.cleaned_data["handle"], password=form.cleaned_data["password"]
            )
        except accounts_actions.LinkExpiredError:
            # Someone was faster; the page says so.
            return redirect("first_administrator", token=token)
        login(request, user, backend=BACKEND)
        record_authentication(request, user, method="password", reauthenticated=True)
        return redirect("mfa_index")
    return render(request, "accounts/first_administrator.html", {"form": form}, status=422 if form.errors else 200)
