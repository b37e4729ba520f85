"""Store a vote cast before login in the session.

Only the vote button stores one. A link, whoever created it, only leads to the login page.
"""

import time

from django.http import HttpRequest
from django.urls import resolve

from common.http.rate_limits import Limit
from common.urls import split_url
from reports.models import Comment, Warning
from reports.policies import access

KEPT_SECONDS = 1_800
_KEY = "wants_to_vote"


def store_pending_vote(request: HttpRequest, path: str) -> None:
    """Store the address of a vote in the session."""
    request.session[_KEY] = [path, int(time.time())]


def pop_pending_vote(request: HttpRequest) -> str:
    """Return and remove the address of the pending vote; empty if there is none or it has expired."""
    path, at = request.session.pop(_KEY, None) or ("", 0)
    return path if time.time() - at <= KEPT_SECONDS else ""


def vote_target(path: str) -> Warning | Comment:
    """Return the post that a vote's address is for. Raises Resolver404, Http404 or WarningMergedError."""
    match = resolve(path)
    if match.url_name == "vote":
        return access.get_warning_for_reading(match.kwargs["slug"])
    return access.get_comment_for_reading(match.kwargs["public_id"])


def was_pressed_here(request: HttpRequest) -> bool:
    """Return whether a form was submitted from a page of this site, according to the browser's headers.

    Cached pages that are the same for everyone have no CSRF token; other sites cannot forge these headers.
    """
    origin = split_url(request.headers.get("Origin", "")).netloc
    return origin == request.get_host() and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


VOTES = Limit("votes", 120, 600, "Votes given or taken back, of one account")
