"""Votes from pages: a plain form, an answer for scripts, and a vote that waits for somebody to sign in."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from common.rate_limits import Limit, TooOften, use
from reports import access
from reports.models import Comment, Warning
from reports.voting import actions

VOTES = Limit("votes", 120, 600, "Votes given or taken back, of one account")


@require_http_methods(["GET", "HEAD", "POST"])
def vote_on_warning(request: HttpRequest, slug: str) -> HttpResponse:
    """Vote for a warning, or take the vote back."""
    return _vote(request, access.get_warning_for_reading(slug))


@require_http_methods(["GET", "HEAD", "POST"])
def vote_on_comment(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Vote for a comment, or take the vote back."""
    return _vote(request, access.get_comment_for_reading(public_id))


def _vote(request: HttpRequest, thing: Warning | Comment) -> HttpResponse:
    """A GET only leads to the thing: that is where somebody arrives who has just signed in to vote."""
    if request.method != "POST":
        return redirect(address_of(thing))
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    back = request.POST.get("act") == "take-back"
    try:
        use(VOTES, str(request.user.pk))
        act = actions.take_back_vote if back else actions.cast_vote
        counted = act(actor=request.user, thing=thing)
    except TooOften as refused:
        problem = f"You vote very fast. Please wait {refused.words}."
        return _refused(request, thing, problem, status=429)
    except actions.VoteRefused as refused:
        return _refused(request, thing, str(refused), status=403)
    if _wants_data(request):
        return JsonResponse({"voted": not back, "votes": counted.vote_count})
    return redirect(address_of(thing))


def _refused(request: HttpRequest, thing: Warning | Comment, problem: str, *, status: int) -> HttpResponse:
    if _wants_data(request):
        return JsonResponse({"problem": problem}, status=status)
    messages.error(request, problem)
    return redirect(address_of(thing))


def _wants_data(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def address_of(thing: Any) -> str:
    """Where a warning's vote button, or a comment, is."""
    if isinstance(thing, Comment):
        return thing.get_absolute_url()
    return f"{thing.get_absolute_url()}#vote"
