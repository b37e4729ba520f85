"""Set the headers of every response; docs/security.md gives the reasons."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from common.http.cache_headers import PRIVATE_CACHE

Handler = Callable[[HttpRequest], HttpResponseBase]

# Responses without personal data that other sites may embed or read.
CROSS_ORIGIN_PATHS = ("/api/", "/feeds/", "/badge/", "/card/")
PRIVATE_FEEDS = "/feeds/mine/"


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
        return response


def plain_text_headers() -> list[tuple[str, str]]:
    """Return the headers of a response that is sent without Django, as plain text that nothing may cache or embed."""
    return [
        ("Strict-Transport-Security", _strict_transport_security()),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("Cache-Control", PRIVATE_CACHE),
    ]


def _strict_transport_security() -> str:
    preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
    return f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains{preload}"
