"""Ask again before a form is sent by another account than the one that opened it, or by none.

Forms that need no account name the account that opened them in the field `sender`. If the session ends, or another
account signs in, before the form is sent, its author would otherwise change silently.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from accounts.viewers import viewer_of
from common.errors import Sentence
from common.http.returned_forms import returned_form

FIELD = "sender"
_ENDED = Sentence(
    "Nothing was sent: you are not signed in any more, because your session has ended. Sign in, then send it; or send"
    " it without an account.",
    "signed-out",
)


def sender_changed(request: HttpRequest) -> bool:
    """Return whether a form was opened by another account than the one that sends it."""
    viewer = viewer_of(request)
    return FIELD in request.POST and request.POST[FIELD] != (viewer.handle if viewer else "")


def ask_sender(request: HttpRequest) -> HttpResponse:
    """Return the form to be sent by the account that is signed in now, or without one."""
    viewer = viewer_of(request)
    if viewer is None:
        return returned_form(request, status=HTTPStatus.CONFLICT, problem=_ENDED, sign_in=True, without_account=True)
    now = Sentence(
        f"Nothing was sent: you are signed in as {viewer.handle} now, and were not when you opened this form. If you"
        f" send it, it is sent by {viewer.handle}.",
        "other-sender",
    )
    return returned_form(request, status=HTTPStatus.CONFLICT, problem=now, changed={FIELD: viewer.handle})
