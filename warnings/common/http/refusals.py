"""Handle refusals and failures of the database that no view catches: respond in words, with the submitted form."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, ProgrammingError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string

from common.errors import ForewarnedError
from common.http.decorators import private
from common.http.returned_forms import (
    DATABASE_FAILED,
    asks_to_sign_in,
    has_input,
    returned_form,
    signed_out_form,
    why_text_is_lost,
)

logger = logging.getLogger(__name__)

# The disk is full or read-only, a lock was not free in time, or the server is gone.
FAILURES = (DatabaseError, InterfaceError)
OUR_MISTAKES = (IntegrityError, ProgrammingError, DataError)

Handler = Callable[[HttpRequest], HttpResponseBase]


class RefusalMiddleware:
    """Answer every `ForewarnedError` that a view raises, and every form that cannot be stored, in words.

    A form that a view answers with the sign-in page is returned: the session ended while it was being filled in. So
    is one that is refused with a page that does not hold its text, such as an appeal that was decided meanwhile.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response, or the form to a user whose session has ended."""
        response = self.get_response(request)
        if asks_to_sign_in(response) and has_input(request):
            return signed_out_form(request)
        if problem := why_text_is_lost(request, response):
            status = HTTPStatus(response.status_code)
            return private(returned_form(request, status=status, problem=problem))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the response to a refusal, or to a form that could not be stored; leave the rest to Django."""
        if isinstance(exception, ForewarnedError):
            return private(_answer(request, exception))
        failed = isinstance(exception, FAILURES) and not isinstance(exception, OUR_MISTAKES)
        if failed and request.method == "POST":
            # The text of the error can contain what was to be stored.
            logger.error("A form could not be stored: %s", type(exception).__name__)
            return private(_not_stored(request))
        return None


def wants_json(request: HttpRequest) -> bool:
    """Return whether a program or a script of a page sent a request, and not a person a form."""
    if request.headers.get("Sec-Fetch-Dest") == "empty":
        return True
    return request.accepts("application/json") and not request.accepts("text/html")


def _not_stored(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        problem = {"problem": DATABASE_FAILED, "code": DATABASE_FAILED.code}
        return JsonResponse(problem, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return returned_form(request, status=HTTPStatus.SERVICE_UNAVAILABLE, problem=DATABASE_FAILED)


def _answer(request: HttpRequest, refused: ForewarnedError) -> HttpResponse:
    """Return JSON to a client that accepts no HTML, the form after a POST, and an error page otherwise."""
    if wants_json(request):
        return JsonResponse({"problem": refused.sentence, "code": refused.code}, status=refused.status)
    if request.method == "POST":
        return returned_form(request, status=refused.status, problem=refused.sentence)
    return refusal_page(refused)


def refusal_page(refused: ForewarnedError) -> HttpResponse:
    """Return a page that says why something is refused.

    Rendered without the request, like every error page, so that nothing can fail a second time.
    """
    context = {"refused": refused, "site_name": settings.SITE_NAME, "public_url": settings.PUBLIC_URL}
    return HttpResponse(render_to_string("common/refused.html", context), status=refused.status)
