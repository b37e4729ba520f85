"""Redirect all addresses of merged warnings."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from common.errors import Sentence
from common.http.returned_forms import returned_form
from reports.models import Warning
from reports.policies import access

Handler = Callable[[HttpRequest], HttpResponseBase]

# Forms with a text, which is not submitted to another warning until its author has seen that.
WRITTEN = {"write_comment": "comment", "edit_warning": "edit"}
MOVED = Sentence("This warning was merged into another one. Nothing was stored yet.", "moved")


class MergedWarningRedirectMiddleware:
    """Redirect each address of a merged warning to the same address of its target.

    Buttons are resubmitted with the same method; texts are returned to their author, who can submit them to the
    target.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Process the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Redirect if a view raised WarningMergedError."""
        match = request.resolver_match
        if not isinstance(exception, access.WarningMergedError) or match is None or match.url_name is None:
            return None
        address = reverse(match.url_name, kwargs=match.kwargs | {"slug": exception.slug})
        if request.method != "POST":
            query = request.META.get("QUERY_STRING", "")
            return redirect(f"{address}?{query}" if query else address, permanent=True)
        if match.url_name in WRITTEN:
            return _returned(request, exception.slug, address, WRITTEN[match.url_name])
        # Browsers may cache a 308 permanently, but the merge can be undone.
        return redirect(address, preserve_request=True)


def _returned(request: HttpRequest, slug: str, address: str, kind: str) -> HttpResponse:
    warning = Warning.objects.only("title", "slug", "version").get(slug=slug)
    return returned_form(
        request,
        status=HTTPStatus.CONFLICT,
        problem=MOVED,
        template="reports/moved.html",
        address=address,
        # The text is compared with the other warning, not with the one that it was written for.
        changed={"based_on": str(warning.version)} if kind == "edit" else None,
        left_out=("act",),
        warning=warning,
        kind=kind,
    )
