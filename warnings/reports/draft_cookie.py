"""The owner of a draft: an account, or a browser whose cookie holds a secret of which only a hash is stored."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from reports.models import Draft

COOKIE = "__Host-draft"
COOKIE_DAYS = 30
_LONGEST = 100


@dataclass(frozen=True)
class Writer:
    """Somebody who writes a report: an account, a browser's secret, or both when they have just signed in."""

    user: Any
    secret: str

    @property
    def browser_hash(self) -> str:
        """What is stored of the browser's secret; empty without one."""
        return hashlib.sha256(f"draft:{self.secret}".encode()).hexdigest() if self.secret else ""

    def drafts(self) -> Any:
        """The drafts that are this writer's."""
        return Draft.objects.of(owner=self.user, browser_hash=self.browser_hash)

    def draft(self, public_id: str) -> Draft | None:
        """One of them."""
        try:
            wanted = uuid.UUID(public_id)
        except ValueError:
            return None
        found: Draft | None = self.drafts().filter(public_id=wanted).first()
        return found


def writer_of(request: HttpRequest) -> Writer:
    """Who writes."""
    secret = request.COOKIES.get(COOKIE, "")
    user = request.user if request.user.is_authenticated else None
    return Writer(user, secret if 20 <= len(secret) <= _LONGEST else "")


def with_secret(writer: Writer) -> Writer:
    """The same writer, with a new secret for a browser that needs one and has none."""
    if writer.user or writer.secret:
        return writer
    return Writer(None, secrets.token_urlsafe(32))


def set_draft_cookie(response: HttpResponse, writer: Writer) -> HttpResponse:
    """Give the browser its secret, unless there is an account to keep drafts."""
    if writer.secret and not writer.user:
        response.set_cookie(
            COOKIE, writer.secret, max_age=COOKIE_DAYS * 86_400, secure=True, httponly=True, samesite="Lax"
        )
    return response


def delete_draft_cookie(response: HttpResponse) -> HttpResponse:
    """Take the secret from the browser."""
    response.delete_cookie(COOKIE, samesite="Lax")
    response.cookies[COOKIE]["secure"] = True
    return response
