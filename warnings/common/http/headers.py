"""Set the headers of every response; docs/security.md gives the reasons."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from common.http.cache_headers import PRIVATE_CACHE

Handler = Callable[[HttpRequest], HttpResponseBase]

# Responses without personal data that other sites may embed or read.
CROSS_ORIGIN_PATHS = ("/api/", "/feeds/", "/badge/", "/card/")
PRIVATE_FEEDS = "/feeds/mine/"
# What programs read: opened as a page, it may load and run nothing.
DATA_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
DATA_TYPES = {
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/json": "json",
    "application/problem+json": "json",
    "application/rss+xml": "rss",
    "application/x-suggestions+json": "json",
    "application/zip": "zip",
    "image/jpeg": "jpeg",
    "image/png": "png",
    "image/webp": "webp",
    "text/csv": "csv",
}
# What is refused before Django sees it.
SENTENCES = {
    HTTPStatus.BAD_REQUEST: "This request was not valid.",
    HTTPStatus.REQUEST_TIMEOUT: "This took too long to arrive. Go back and send it again.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "This is too large. Go back and send less, for example smaller pictures.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong here. Please try again in a minute.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Too many requests arrive at the moment. Please try again in a minute.",
}
# Search engines are kept away from every response here, redirects and refusals included.
UNINDEXED_PATHS = ("/moderation/", "/report/draft", "/track/")


class ResponseHeadersMiddleware:
    """Add the headers that no library sets. Must be first in MIDDLEWARE."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response with all headers."""
        response = self.get_response(request)
        # Sent over http as well: browsers ignore it there (RFC 6797, 8.1), and TLS usually ends at the proxy.
        response.headers["Strict-Transport-Security"] = _strict_transport_security()
        elsewhere = request.path.startswith(CROSS_ORIGIN_PATHS) and not request.path.startswith(PRIVATE_FEEDS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if elsewhere else "same-origin")
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault("Cache-Control", PRIVATE_CACHE)
        if request.path.startswith(UNINDEXED_PATHS):
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if not request.path.startswith(settings.STATIC_URL):
            _protect_data(response, always=request.path.startswith(CROSS_ORIGIN_PATHS))
        return response


def _protect_data(response: HttpResponseBase, *, always: bool) -> None:
    """Set the policy and the file name of a response that is data and no page; a 304 has no type."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if kind in DATA_TYPES or (always and kind != "text/html"):
        response.headers["Content-Security-Policy"] = DATA_POLICY
    if kind in DATA_TYPES:
        response.headers.setdefault("Content-Disposition", f'inline; filename="forewarned.{DATA_TYPES[kind]}"')


def plain_refusal(status: HTTPStatus) -> tuple[list[tuple[str, str]], bytes]:
    """Return the headers and text of a response that is sent without Django; nothing may cache or embed it."""
    text = SENTENCES.get(status, f"{status.phrase}.").encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(text))),
        ("Connection", "close"),
        ("Strict-Transport-Security", _strict_transport_security()),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("Permissions-Policy", _permissions_policy()),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("Cache-Control", PRIVATE_CACHE),
    ]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", "60"))
    return headers, text


def _strict_transport_security() -> str:
    preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
    return f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains{preload}"


def _permissions_policy() -> str:
    policy: dict[str, list[str]] = settings.PERMISSIONS_POLICY
    return ", ".join(f"{feature}=({' '.join(allowed)})" for feature, allowed in sorted(policy.items()))
