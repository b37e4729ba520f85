"""Somebody signed in because they wanted to vote: the vote is given, and they are back where they were."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.contrib import messages
from django.dispatch import receiver
from django.http import Http404, HttpRequest
from django.urls import Resolver404

from common.http.rate_limits import RateLimitedError, use
from reports import access
from reports.voting import actions
from reports.voting.views import VOTES
from reports.voting.wishes import take_wish, thing_at


@receiver(user_logged_in, dispatch_uid="reports.voting")
def give_the_vote(request: HttpRequest, user: Any, **_: Any) -> None:
    """Vote for what somebody pressed the button of before they signed in."""
    path = take_wish(request)
    if not path:
        return
    try:
        use(VOTES, str(user.pk))
        actions.cast_vote(actor=user, thing=thing_at(path))
    except (Resolver404, RateLimitedError, Http404, access.WarningMoved):
        return
    except actions.VoteRefused as refused:
        messages.error(request, refused.sentence, extra_tags=refused.code)
