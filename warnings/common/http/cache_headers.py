"""Decide what may be cached, by whom, and how a copy is checked; docs/security.md gives the reasons."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe, quote_etag

# Everyone may keep a copy, and has to ask before each use whether it still is the page.
PUBLIC_CACHE = "public, max-age=0, must-revalidate"
PRIVATE_CACHE = "no-store"


class CachingMiddleware(ConditionalGetMiddleware):
    """Set Cache-Control, Vary and ETag, and answer 304 to a client that has the page.

    ETags are weak, because the same page is sent in several encodings, each with the same ETag as its 304 (RFC 9110,
    8.8.1 and 15.4.5).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return the response, or a 304."""
        response.headers.setdefault("Cache-Control", _cache_control(request, response))
        if response.headers.get("Content-Type", "").startswith("text/html"):
            # Each page has the name of who is signed in, or a link to sign in.
            patch_vary_headers(response, ["Cookie"])
        if not response.streaming:
            patch_vary_headers(response, ["Accept-Encoding"])
        if request.method not in {"GET", "HEAD"}:
            return response
        etag = _weak_etag(response)
        if etag:
            response.headers["ETag"] = etag
        modified = parse_http_date_safe(response.headers.get("Last-Modified", ""))
        if not etag and not modified:
            return response
        return get_conditional_response(request, etag=etag, last_modified=modified, response=response)  # type: ignore[arg-type,return-value]


def depends_on_session(response: HttpResponseBase) -> bool:
    """Return whether the session was read for a response, or a cookie is set with it."""
    return bool(response.cookies) or "cookie" in response.headers.get("Vary", "").lower()


def _cache_control(request: HttpRequest, response: HttpResponseBase) -> str:
    """Return a public policy unless the response is personal, sets a cookie, changes data or is an error."""
    readable = request.method in {"GET", "HEAD"} and response.status_code in {200, 301, 304, 308}
    return PUBLIC_CACHE if readable and not depends_on_session(response) else PRIVATE_CACHE


def _weak_etag(response: HttpResponseBase) -> str:
    """Return the ETag of a response, or nothing for one that is not to be stored."""
    given = response.headers.get("ETag", "")
    if given:
        return given if given.startswith("W/") else f"W/{given}"
    if (
        not isinstance(response, HttpResponse)
        or not response.content
        or "no-store" in response.headers["Cache-Control"]
    ):
        return ""
    return f"W/{quote_etag(hashlib.md5(response.content, usedforsecurity=False).hexdigest())}"
