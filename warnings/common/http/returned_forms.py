"""Return a form that was not accepted: every field as it was sent, and why, so that nothing typed is lost."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.html import escape

from common.errors import Sentence
from common.http.form_controls import FormControls, plain

TOKEN = "csrfmiddlewaretoken"  # noqa: S105  (the name of a field)
# A form with these fields only is a button; there is nothing to return.
_BUTTONS = frozenset({TOKEN, "act", "back"})
# Fields that a page fills in and nobody types, and codes, which are typed anew.
_FILLED_IN = frozenset(
    "act back base based_on challenge code draft keep key looked next parent proof replaces seen sender"
    " version".split()
)
# What a field that nobody types holds: a number, an ID, or that a box is ticked.
_VALUE = re.compile(r"\d*|on|yes|no|true|false|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Fields that always hold a text, however short.
_TEXTS = frozenset({"body", "text"})
# A page holds a text if it holds one of these parts of it, since a view may have changed the rest.
_PART = 40
# What marks the summary of errors above a form.
_ERRORS = 'data-state="errors"'
# A longer text has several lines.
_LONGEST_LINE = 100

DATABASE_FAILED = Sentence(
    "Our database does not answer just now. Nothing was half-stored. Wait a minute and try again with this button; to"
    " be safe, copy your text first.",
    "database",
)
TOKEN_EXPIRED = Sentence(
    "Nothing was stored: the form came without a current token, which proves that it was opened here. Signing in"
    " or out in another tab does that, and so does a browser that forgot its cookies.",
    "token",
)
SIGNED_OUT = Sentence(
    "Nothing was stored: you are not signed in any more, because your session has ended. Sign in, then send it.",
    "signed-out",
)
SIGNED_IN = Sentence("You are signed in. Nothing was sent yet: look at it once more, then send it.", "signed-in")
SECOND_FACTOR = Sentence("Nothing was stored: set up a second factor first, then send it.", "second-factor")
NOT_PERMITTED = Sentence("Nothing was stored: you may not do this, or not any more.", "not-permitted")
GONE = Sentence("Nothing was stored: this page does not exist any more.", "gone")
NOT_ACCEPTED = Sentence(
    "This was not accepted. The page has probably changed since you opened it: copy your text, then open it again.",
    "not-accepted",
)
TOO_OFTEN = Sentence(
    "Nothing was stored: this was tried too often from your network or account. Wait a while, then send it again.",
    "too-often",
)
NOT_UNDERSTOOD = Sentence("Nothing was stored: the site could not read this request.", "not-understood")
FAILED = Sentence(
    "The site failed, which is our fault. Check whether it was stored before you send it again.", "failed"
)


@dataclass(frozen=True)
class ReturnedField:
    """A field of a returned form: hidden, a line or a text with several lines."""

    name: str
    value: str
    kind: str

    @property
    def label(self) -> str:
        """The name in words."""
        return "Your text" if self.name in _TEXTS else self.name.replace("_", " ").replace("-", " ").capitalize()

    @property
    def rows(self) -> int:
        """The number of lines that the field shows."""
        return 12 if self.name in _TEXTS else min(12, 2 + self.value.count("\n") + len(self.value) // 80)


@dataclass(frozen=True)
class _KnownUser:
    """What the head of a page shows of a signed-in user, without the database."""

    handle: str
    is_moderator: bool


def _known_user(request: HttpRequest) -> _KnownUser | None:
    """Return the user of a request as far as it was loaded before; None if nobody is signed in or nobody knows."""
    user = getattr(request, "_cached_user", None)
    return _KnownUser(user.handle, user.is_moderator) if user is not None and user.is_authenticated else None


def has_input(request: HttpRequest) -> bool:
    """Return whether a request has a form with more in it than the name of a button."""
    try:
        return request.method == "POST" and any(name not in _BUTTONS for name in (*request.POST, *request.FILES))
    except (BadRequest, RequestDataTooBig, SuspiciousOperation, UnreadablePostError):
        return False


def returned_form(
    request: HttpRequest,
    *,
    status: HTTPStatus,
    problem: Sentence,
    template: str = "common/returned_form.html",
    address: str = "",
    changed: Mapping[str, str] | None = None,
    left_out: Collection[str] = (),
    **shown: Any,
) -> HttpResponse:
    """Return a page with every field of the request, which can be sent again to its address or another one.

    Rendered without the database, which may have failed. Passwords are left out; `changed` are fields with another
    value than was sent, and `left_out` those that are not sent again.
    """
    values = {name: request.POST.getlist(name) for name in request.POST}
    values |= {name: [value] for name, value in (changed or {}).items()}
    context = {
        "fields": [
            _field(name, value)
            for name, several in values.items()
            for value in several
            if name not in {TOKEN, *left_out} and "password" not in name
        ],
        "has_files": bool(request.FILES),
        "address": address or request.get_full_path(),
        "page": page_of(request),
        "token": get_token(request),
        "problem": problem,
        "site_name": settings.SITE_NAME,
        "viewer": _known_user(request),
        **shown,
    }
    # Render without the request: nothing on this page may query the database for the user.
    response = HttpResponse(render_to_string(template, context), status=status)
    if shown.get("sign_in"):
        # What this page says once its reader has signed in, if it is kept for them (see `common.http.answers`).
        context |= {"sign_in": False, "without_account": False, "problem": SIGNED_IN, "signed_in": True}
        response.when_signed_in = render_to_string(template, context)  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = "no-store"
    return response


def signed_out_form(request: HttpRequest) -> HttpResponse:
    """Return the form of a user whose session has ended, with a link to sign in."""
    return returned_form(request, status=HTTPStatus.FORBIDDEN, problem=SIGNED_OUT, sign_in=True)


def as_it_is(response: HttpResponse) -> HttpResponse:
    """Mark a page that answers a form on purpose as it does: with merged texts, or without those of another site."""
    response.is_sent_as_it_is = True  # type: ignore[attr-defined]
    return response


def why_text_is_lost(request: HttpRequest, response: HttpResponseBase) -> Sentence | None:
    """Return why a page refuses a form, if it does not hold everything that was typed into it; else None."""
    if getattr(response, "is_sent_as_it_is", False):
        return None
    html = response.headers.get("Content-Type", "").startswith("text/html")
    if not (html and isinstance(response, HttpResponse) and response.status_code >= HTTPStatus.BAD_REQUEST):
        return None
    if not has_input(request):
        return None
    page = response.content.decode()
    controls = FormControls(page)
    typed = (
        _field(name, value)
        for name in request.POST
        if name not in {TOKEN, *controls.hidden, *controls.choices} and "password" not in name
        for value in request.POST.getlist(name)
        if value.strip()
    )
    if all(field.kind == "hidden" or _holds(page, controls, field) for field in typed):
        return None
    return Sentence(controls.alert, NOT_ACCEPTED.code) if controls.alert else NOT_ACCEPTED


def _holds(page: str, controls: FormControls, field: ReturnedField) -> bool:
    """Return whether a page holds a text: in its own field, or, if it is long enough to be recognised, anywhere."""
    text = field.value
    if plain(text) in controls.typed.get(field.name, ()):
        return True
    if len(text) < _PART:
        # A form with a summary of its errors has all its fields; another one was not asked for.
        foreign = field.name not in controls.typed and _ERRORS in page
        return foreign or f">{escape(text.strip())}<" in page
    parts = (text[start : start + _PART] for start in range(0, len(text), _PART))
    return any(part.strip() and escape(part) in page for part in parts)


def asks_to_sign_in(response: HttpResponseBase) -> bool:
    """Return whether a response redirects to the sign-in page, which leads back to where the request was sent."""
    target = urlsplit(response.headers.get("Location", ""))
    return target.path == resolve_url(settings.LOGIN_URL) and "next" in parse_qs(target.query)


def page_of(request: HttpRequest) -> str:
    """Return the address at which the answer to this request can be seen again."""
    return str(getattr(request, "answer_address", "") or request.get_full_path())


def _field(name: str, value: str) -> ReturnedField:
    if name not in _TEXTS and len(value) > _LONGEST_LINE and _is_encoded(value):
        return ReturnedField(name, value, "hidden")
    if name in _TEXTS or "\n" in value or len(value) > _LONGEST_LINE:
        return ReturnedField(name, value, "text")
    filled_in = name in _FILLED_IN or _VALUE.fullmatch(value)
    return ReturnedField(name, value, "hidden" if filled_in else "line")


def _is_encoded(value: str) -> bool:
    """Return whether a long value is a signature or a proof of work, and no text or link that a person typed."""
    return value.isascii() and not any(char.isspace() for char in value) and "://" not in value
