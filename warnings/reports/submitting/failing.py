"""When the database is gone, busy or full: the text comes back to the person, with a button to try again."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from reports.submitting.writing import typed_fields

View = Callable[[HttpRequest], HttpResponse]


def keeps_the_text(view: View) -> View:
    """A view of a form whose text is given back when it cannot be stored."""

    @wraps(view)
    def kept(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except DatabaseError:
            if request.method != "POST":
                raise
            return given_back(request, status=HTTPStatus.SERVICE_UNAVAILABLE)

    return kept


def given_back(request: HttpRequest, *, status: HTTPStatus) -> HttpResponse:
    """What somebody typed, in a small form that sends it again; made without the database, which may have failed."""
    fields = typed_fields(request.POST)
    context = {
        "fields": [(name, value) for name, values in fields.items() for value in values if name != "body"],
        "body": request.POST.get("body", ""),
        "draft": request.POST.get("draft", ""),
        "version": request.POST.get("version", ""),
        "token": get_token(request),
        "refused": status == HTTPStatus.FORBIDDEN,
        "site_name": settings.SITE_NAME,
    }
    # Without the request: nothing on this page may ask the database who is looking.
    return HttpResponse(render_to_string("reports/not_stored.html", context), status=status)
