"""Decorators and helpers for views: preserve a form's input if it cannot be stored, and keep responses private."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from common.errors import ForewarnedError

P = ParamSpec("P")
_LONGEST = 20_000
_NOT_AGAIN = frozenset({"csrfmiddlewaretoken", "body", "proof"})


def preserve_form(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Decorate a form's view to return the user's input if the database fails."""

    @wraps(view)
    def kept(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DatabaseError:
            if request.method != "POST":
                raise
            return form_given_back(request, status=HTTPStatus.SERVICE_UNAVAILABLE)

    return kept


def form_given_back(
    request: HttpRequest, *, status: HTTPStatus, refused: ForewarnedError | None = None
) -> HttpResponse:
    """Return a small form with the user's input for resubmission, and the reason if it was refused.

    Rendered without the database, which may have failed. Passwords are left out.
    """
    # After a refusal, resubmitting repeats the pressed button; after a failure, it saves without the button's value.
    left_out = _NOT_AGAIN if refused else _NOT_AGAIN | {"act"}
    context = {
        "fields": [
            (name, value[:_LONGEST])
            for name, values in request.POST.lists()
            for value in values
            if name not in left_out and "password" not in name
        ],
        "body": request.POST.get("body", ""),
        "has_body": "body" in request.POST,
        "has_files": bool(request.FILES),
        "action": request.get_full_path(),
        "token": get_token(request),
        "refused": refused,
        "without_token": status == HTTPStatus.FORBIDDEN,
        "site_name": settings.SITE_NAME,
    }
    # Render without the request: nothing on this page may query the database for the user.
    return HttpResponse(render_to_string("common/not_stored.html", context), status=status)


def private(response: HttpResponse) -> HttpResponse:
    """Mark a response as not to be cached or indexed.

    Its URL is not sent to other sites, because Referrer-Policy is same-origin everywhere. With no-referrer, browsers
    would not send an Origin header for the page's own forms either.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
