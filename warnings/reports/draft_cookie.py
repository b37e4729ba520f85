"""The owner of a draft: an account, or a browser whose cookie has a secret, stored as a hash."""

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
    """The author of a report: an account, a browser's secret, or both directly after login."""

    user: Any
    secret: str

    @property
    def browser_hash(self) -> str:
        """The stored hash of the browser's secret; empty without one."""
        return hashlib.sha256(f"draft:{self.secret}".encode()).hexdigest() if self.secret else ""

    def drafts(self) -> Any:
        """Return the drafts of this author."""
        return Draft.objects.of(owner=self.user, browser_hash=self.browser_hash)

    def draft(self, public_id: str) -> Draft | None:
        """Return one of the author's drafts, or None."""
        try:
            wanted = uuid.UUID(public_id)
        except ValueError:
            return None
        found: Draft | None = self.drafts().filter(public_id=wanted).first()
        return found


def writer_of(request: HttpRequest) -> Writer:
    """Return the author, from the account and the draft cookie."""
    secret = request.COOKIES.get(COOKIE, "")
    user = request.user if request.user.is_authenticated else None
    return Writer(user, secret if 20 <= len(secret) <= _LONGEST else "")


def with_secret(writer: Writer) -> Writer:
    """Return the author, with a new secret if the browser needs one."""
    if writer.user or writer.secret:
        return writer
    return Writer(None, secrets.token_urlsafe(32))


def set_draft_cookie(response: HttpResponse, writer: Writer) -> HttpResponse:
    """Set the draft cookie, unless the author has an account."""
    if writer.secret and not writer.user:
        response.set_cookie(
            COOKIE, writer.secret, max_age=COOKIE_DAYS * 86_400, secure=True, httponly=True, samesite="Lax"
        )
    return response


def delete_draft_cookie(response: HttpResponse) -> HttpResponse:
    """Delete the draft cookie."""
    response.delete_cookie(COOKIE, samesite="Lax")
    response.cookies[COOKIE]["secure"] = True
    return response
