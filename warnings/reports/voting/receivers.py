"""Somebody signed in because they wanted to vote: the vote is given, and they are back where they were."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.signals import user_logged_in
from django.contrib import messages
from django.dispatch import receiver
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve

from common.rate_limits import TooOften, use
from reports import access
from reports.models import Comment, Warning
from reports.voting import actions
from reports.voting.views import VOTES


@receiver(user_logged_in, dispatch_uid="reports.voting")
def give_the_vote(request: HttpRequest, user: Any, response: Any = None, **_: Any) -> None:
    """Vote if the address that somebody is led to after signing in is that of a vote."""
    path = urlsplit(getattr(response, "url", "")).path
    try:
        thing = _thing(path)
        if thing is not None:
            use(VOTES, str(user.pk))
            actions.cast_vote(actor=user, thing=thing)
    except (Resolver404, TooOften, Http404, access.WarningMoved):
        return
    except actions.VoteRefused as refused:
        messages.error(request, str(refused))


def _thing(path: str) -> Warning | Comment | None:
    """What the address of a vote is about; None for any other address. Raises Resolver404, Http404, WarningMoved."""
    match = resolve(path)
    if match.url_name == "vote":
        return access.get_warning_for_reading(match.kwargs["slug"])
    if match.url_name == "vote_comment":
        return access.get_comment_for_reading(match.kwargs["public_id"])
    return None
