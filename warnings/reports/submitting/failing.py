"""When the database is gone, busy or full: the text comes back to the person, with a button to try again."""

from collections.abc import Callable
from functools import wraps

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
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
            fields = typed_fields(request.POST)
            # Without the request: nothing on this page may ask the database who is looking.
            context = {
                "fields": [(name, value) for name, values in fields.items() for value in values if name != "body"],
                "body": request.POST.get("body", ""),
                "draft": request.POST.get("draft", ""),
                "version": request.POST.get("version", ""),
                "token": request.POST.get("csrfmiddlewaretoken", ""),
            }
            return HttpResponse(render_to_string("reports/not_stored.html", context), status=503)

    return kept
