"""Decorators and helpers for views: preserve a form's input if it cannot be stored, and keep responses private."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from common.http.returned_forms import DATABASE_FAILED, returned_form

P = ParamSpec("P")


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
            return returned_form(request, status=HTTPStatus.SERVICE_UNAVAILABLE, problem=DATABASE_FAILED)

    return kept


def private(response: HttpResponse) -> HttpResponse:
    """Mark a response as not to be cached or indexed.

    Its URL is not sent to other sites, because Referrer-Policy is same-origin everywhere. With no-referrer, browsers
    would not send an Origin header for the page's own forms either.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
