"""Sessions: save them where possible, end them in time, and require a second factor where it is needed."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts import policies
from accounts.sessions import BEGAN, SEEN, SessionStore
from common.errors import ForewarnedError, Sentence
from common.http.decorators import private
from common.http.refusals import refusal_page
from common.http.returned_forms import SECOND_FACTOR, has_input, returned_form

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponseBase]

# The shortest time between two updates of a session's last use, in seconds.
SEEN_EVERY = 600
# Signing out removes pages with the account's name. Drafts and the theme stay, unless the user clears them as well.
CLEAR_CACHE = '"cache"'
CLEAR_ALL = '"cache", "cookies", "storage"'


class SessionNotEndedError(ForewarnedError):
    """The session could not be ended on the server."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = Sentence(
        "You are signed out in this browser. The site cannot store anything just now, so it could not end the session"
        " itself. Sign in later and end it under “Your account”; if nobody uses it, it expires.",
        "session-not-ended",
    )


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's sessions, but a response is sent even if the session cannot be saved with it.

    What changes then is the time of the last use, or a message; signing in saves the session in the view itself. So
    people who are signed in can read while the disk is full, and a form that was not stored returns its text.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session if it changed."""
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            # Django takes every failure to mean that the session was ended meanwhile.
            if not request.session.exists(request.session.session_key or ""):
                raise
            logger.warning("A session was not saved.")
            return response


class SignedInMiddleware:
    """End sessions that are too old or idle for too long, and require staff to set up a second factor.

    Requests without a session cookie are not checked, so that public pages stay the same for all readers.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response; without a required second factor, a redirect to set it up, or the returned form."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            if _is_over(request):
                _sign_out(request)
            elif _lacks_second_factor(request):
                if has_input(request):
                    return returned_form(request, status=HTTPStatus.FORBIDDEN, problem=SECOND_FACTOR)
                return redirect("mfa_index")
        response = self.get_response(request)
        if signing_out := request.method == "POST" and request.path == reverse("account_logout"):
            response = _leave_browser(request, response)
        # A form without a token, which another site can send, signs nobody out and clears nothing.
        accepted = response.status_code < HTTPStatus.BAD_REQUEST
        if signing_out and (accepted or response.status_code == HTTPStatus.SERVICE_UNAVAILABLE):
            response.headers["Clear-Site-Data"] = CLEAR_ALL if request.POST.get("clear") else CLEAR_CACHE
        return response


def _sign_out(request: HttpRequest) -> None:
    """End a session, at least for this request if its row cannot be deleted now."""
    try:
        with transaction.atomic():
            logout(request)
    except DatabaseError:
        request.session, request.user = SessionStore(), AnonymousUser()


def _leave_browser(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return the answer to signing out. If the session could not be ended, say so and delete its cookie."""
    if response.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
        return response
    # The session middleware deletes the cookie of an empty session.
    request.session, request.user = SessionStore(), AnonymousUser()
    return private(refusal_page(SessionNotEndedError()))


def _is_over(request: HttpRequest) -> bool:
    """Return whether the session is too old or was idle for too long; if not, record its use."""
    if not request.user.is_authenticated:
        return False
    now = timezone.now().timestamp()
    began = request.session.setdefault(BEGAN, now)
    seen = request.session.setdefault(SEEN, now)
    if policies.session_is_over(request.user, age=now - began, idle=now - seen):
        return True
    if now - seen > SEEN_EVERY:
        request.session[SEEN] = now
    return False


def _lacks_second_factor(request: HttpRequest) -> bool:
    if not request.user.is_authenticated or request.path.startswith(("/accounts/", settings.STATIC_URL)):
        return False
    return policies.lacks_second_factor(request.user)
