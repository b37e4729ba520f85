"""A vote that was pressed before signing in, kept in the session.

Only the button leaves one. A link, whoever made it, leads to signing in and to nothing else.
"""

import time
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import resolve

from common.http.rate_limits import Limit
from reports.models import Comment, Warning
from reports.policies import access

KEPT_SECONDS = 1_800
_KEY = "wants_to_vote"


def keep_pending_vote(request: HttpRequest, path: str) -> None:
    """Remember the address of a vote whose button was pressed."""
    request.session[_KEY] = [path, int(time.time())]


def take_pending_vote(request: HttpRequest) -> str:
    """The address of the vote that is waited for, which is forgotten with that; empty for none, or an old one."""
    path, at = request.session.pop(_KEY, None) or ("", 0)
    return path if time.time() - at <= KEPT_SECONDS else ""


def vote_target(path: str) -> Warning | Comment:
    """What the address of a vote is about. Raises Resolver404, Http404 or WarningMergedError."""
    match = resolve(path)
    if match.url_name == "vote":
        return access.get_warning_for_reading(match.kwargs["slug"])
    return access.get_comment_for_reading(match.kwargs["public_id"])


def was_pressed_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this site, as browsers say of every form.

    Pages that are the same for everybody hold no token of their reader's; what is told here cannot be told by a page
    of another site.
    """
    origin = urlsplit(request.headers.get("Origin", "")).netloc
    return origin == request.get_host() and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


VOTES = Limit("votes", 120, 600, "Votes given or taken back, of one account")
