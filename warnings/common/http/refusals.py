"""Handle refusals that no view catches: respond with the sentence, its status, and the submitted form."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string

from common.errors import ForewarnedError
from common.http.decorators import private
from common.http.returned_forms import asks_to_sign_in, has_input, returned_form, signed_out_form

Handler = Callable[[HttpRequest], HttpResponseBase]


class RefusalMiddleware:
    """Turn every `ForewarnedError` that a view raises into an uncacheable response.

    A form that a view answers with the sign-in page is returned: the session ended while it was being filled in.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response, or the form to a user whose session has ended."""
        response = self.get_response(request)
        return signed_out_form(request) if asks_to_sign_in(response) and has_input(request) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the response to a refusal; leave other exceptions to Django."""
        return private(_answer(request, exception)) if isinstance(exception, ForewarnedError) else None


def _answer(request: HttpRequest, refused: ForewarnedError) -> HttpResponse:
    """Return JSON to a client that accepts no HTML, the form after a POST, and an error page otherwise."""
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse({"problem": refused.sentence, "code": refused.code}, status=refused.status)
    if request.method == "POST":
        return returned_form(request, status=refused.status, problem=refused.sentence)
    # Render without the request, like every error page, so that nothing can fail a second time.
    context = {"refused": refused, "site_name": settings.SITE_NAME, "public_url": settings.PUBLIC_URL}
    return HttpResponse(render_to_string("common/refused.html", context), status=refused.status)
