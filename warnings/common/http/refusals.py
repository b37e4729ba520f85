"""Answer the refusals that no view catches: the sentence with the right status, and the form that was sent."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string

from common.errors import ForewarnedError
from common.http.decorators import form_given_back, private

Handler = Callable[[HttpRequest], HttpResponseBase]


class RefusalMiddleware:
    """Turn every `ForewarnedError` that leaves a view into an answer that no cache stores."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception to Django."""
        return private(_answer(request, exception)) if isinstance(exception, ForewarnedError) else None


def _answer(request: HttpRequest, refused: ForewarnedError) -> HttpResponse:
    """Return JSON for a client that accepts no page, the form for a POST, and an error page otherwise."""
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse({"problem": refused.sentence, "code": refused.code}, status=refused.status)
    if request.method == "POST":
        return form_given_back(request, status=refused.status, refused=refused)
    # Without the request, like every error page: nothing on it may fail a second time.
    context = {"refused": refused, "site_name": settings.SITE_NAME, "public_url": settings.PUBLIC_URL}
    return HttpResponse(render_to_string("common/refused.html", context), status=refused.status)
