"""Decorators for views: what was typed is given back when it cannot be stored, and private answers stay private."""

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
    """A view of a form whose text is given back when it cannot be stored."""

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
    """Return what somebody typed in a small form that sends it again, with the reason if it was refused.

    Rendered without the database, which may have failed. Passwords are never given back.
    """
    # A refused button is pressed again; what could not be stored is sent, whatever its button was.
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
    # Without the request: nothing on this page may ask the database who is looking.
    return HttpResponse(render_to_string("common/not_stored.html", context), status=status)


def private(response: HttpResponse) -> HttpResponse:
    """Mark a response as not to be cached or listed by search engines.

    Its address reaches no other site (Referrer-Policy is same-origin everywhere). With no-referrer, the browser would
    not send an Origin for the page's own forms either.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
