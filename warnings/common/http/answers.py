"""Answer every form with a redirect, so that Back and Reload show its answer again instead of a browser's error.

A form that a view answers with a page (a field error, a question, a preview, a refusal) is answered with a redirect
to that page, which is stored for an hour. It is encrypted with a key that only the browser has, in a cookie, and is
shown only to the account that sent the form. So nobody else can read it, and it is stored no longer than a draft. The
cookie ends with the browser session, and once a report is sent.
"""

import base64
import gzip
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token

from common.http.rate_limits import Limit, RateLimitedError, source, use

Handler = Callable[[HttpRequest], HttpResponseBase]

COOKIE = "__Host-answers"
PARAMETER = "answer"
KEPT = 3_600
ANSWERS = Limit("answers", 600, 600, "Answers to forms kept for the Back button, of one network")
# A larger page is shown without a redirect.
_LARGEST = 300_000
_ID = re.compile(r"[\w-]{16}", re.ASCII)
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)
_TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]+(")')


class AnswerRedirectMiddleware:
    """Redirect a browser from each form to the page that answers it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the kept answer, a redirect to a new one, or what the view returns."""
        asked = _take_parameter(request)
        if asked and request.method in {"GET", "HEAD"} and (kept := _kept_answer(request, asked)):
            return kept
        if not _is_sent_by_browser(request):
            return self.get_response(request)
        number = secrets.token_urlsafe(12)
        address = _with_parameter(request, number)
        request.answer_address = address  # type: ignore[attr-defined]
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not _is_page(response):
            return response
        return _redirect(request, response, number, address)


def forget_answers(response: HttpResponseBase) -> None:
    """Delete the key to the kept answers from the browser, so that nobody can read them any more."""
    response.delete_cookie(COOKIE, samesite="Lax")
    response.cookies[COOKIE]["secure"] = True


def _redirect(request: HttpRequest, response: HttpResponse, number: str, address: str) -> HttpResponseBase:
    known = request.COOKIES.get(COOKIE, "")
    secret = known if _SECRET.fullmatch(known) else secrets.token_urlsafe(32)
    page = {
        "html": response.content.decode(),
        "signed_in": getattr(response, "when_signed_in", ""),
        "status": response.status_code,
        "type": response.headers["Content-Type"],
        "user": request.user.pk,
        "path": request.path,
    }
    if len(response.content) > _LARGEST:
        return response
    try:
        use(ANSWERS, source(request))
        cache.set(_name(secret, number), _sealed(secret, page), timeout=KEPT)
    except (RateLimitedError, DatabaseError):
        return response
    redirect = HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address, "Cache-Control": "no-store"})
    redirect.cookies = response.cookies
    redirect.set_cookie(COOKIE, secret, secure=True, httponly=True, samesite="Lax")
    return redirect


def _kept_answer(request: HttpRequest, number: str) -> HttpResponse | None:
    secret = request.COOKIES.get(COOKIE, "")
    if not _ID.fullmatch(number) or not _SECRET.fullmatch(secret):
        return None
    try:
        page = _opened(secret, cache.get(_name(secret, number)))
    except (DatabaseError, InvalidToken, ValueError):
        return None
    # After signing in, the form of a session that ended is there; nobody sees the form of another account.
    if page is None or page["path"] != request.path or page["user"] not in {None, request.user.pk}:
        return None
    # Signing in changes the token, and the form is sent with the current one.
    html = (page["signed_in"] if request.user.is_authenticated else "") or page["html"]
    html = _TOKENS.sub(rf"\g<1>{get_token(request)}\g<2>", html)
    response = HttpResponse(html, status=page["status"], content_type=page["type"])
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _is_sent_by_browser(request: HttpRequest) -> bool:
    """Return whether a browser sent a form of this site as a visit to a page; programs have no Back button."""
    asked = [request.headers.get(f"Sec-Fetch-{name}") for name in ("Site", "Mode", "Dest")]
    return request.method == "POST" and asked == ["same-origin", "navigate", "document"]


def _is_page(response: HttpResponse) -> bool:
    html = response.headers.get("Content-Type", "").startswith("text/html")
    return html and "Location" not in response.headers


def _take_parameter(request: HttpRequest) -> str:
    """Remove the number of an answer from the address, so that no view and no form has it; return it."""
    parts = request.META.get("QUERY_STRING", "").split("&")
    found = [part for part in parts if part.startswith(f"{PARAMETER}=")]
    if found:
        request.META["QUERY_STRING"] = "&".join(part for part in parts if part not in found)
        request.__dict__.pop("GET", None)
    return found[0].partition("=")[2] if found else ""


def _with_parameter(request: HttpRequest, number: str) -> str:
    address = request.get_full_path()
    return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={number}"


def _name(secret: str, number: str) -> str:
    return "answer:" + hmac.new(secret.encode(), number.encode(), hashlib.sha256).hexdigest()


def _sealed(secret: str, page: dict[str, Any]) -> str:
    return _box(secret).encrypt(gzip.compress(json.dumps(page).encode(), 5)).decode()


def _opened(secret: str, sealed: Any) -> dict[str, Any] | None:
    """Return a kept page, or None if there is none. Raises InvalidToken."""
    if sealed is None:
        return None
    page: dict[str, Any] = json.loads(gzip.decompress(_box(secret).decrypt(str(sealed), ttl=KEPT)))
    return page


def _box(secret: str) -> Fernet:
    digest = hmac.new(secret.encode(), settings.SECRET_KEY.encode(), hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
