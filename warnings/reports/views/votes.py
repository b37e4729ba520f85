"""Vote with a plain form, with JavaScript, or before login."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import ForewarnedError, Sentence
from common.http.rate_limits import Limit, RateLimitedError, source, use
from common.http.refusals import wants_json
from reports.actions import votes
from reports.models import Comment, Warning
from reports.pending_vote import VOTES, store_pending_vote, was_pressed_here
from reports.policies import access

BEGUN = Limit("votes-begun", 120, 600, "Votes begun without being signed in, of one network")


@require_http_methods(["GET", "HEAD", "POST"])
def vote_on_warning(request: HttpRequest, slug: str) -> HttpResponse:
    """Vote for a warning, or retract the vote."""
    return _vote(request, access.get_warning_for_reading(slug))


@require_http_methods(["GET", "HEAD", "POST"])
def vote_on_comment(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Vote for a comment, or retract the vote."""
    return _vote(request, access.get_comment_for_reading(public_id))


@csrf_exempt
@require_POST
def begin_vote_on_warning(request: HttpRequest, slug: str) -> HttpResponse:
    """Log in to vote for a warning."""
    return _begin(request, access.get_warning_for_reading(slug), reverse("vote", kwargs={"slug": slug}))


@csrf_exempt
@require_POST
def begin_vote_on_comment(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Log in to vote for a comment."""
    comment = access.get_comment_for_reading(public_id)
    return _begin(request, comment, reverse("vote_comment", kwargs={"public_id": public_id}))


def _begin(request: HttpRequest, post: Warning | Comment, path: str) -> HttpResponse:
    """Redirect to the login page, storing the vote in the session.

    The page with the button is cached for everyone and has no CSRF token. So this view casts no vote for users who
    are logged in, and stores one only if the form was submitted from this site.
    """
    if request.user.is_authenticated:
        return redirect(address_of(post))
    try:
        use(BEGUN, source(request))
        if was_pressed_here(request):
            store_pending_vote(request, path)
    except RateLimitedError:
        pass
    return redirect_to_login(address_of(post))


def _vote(request: HttpRequest, post: Warning | Comment) -> HttpResponse:
    """Vote for a post or retract the vote; a GET redirects to the post."""
    if request.method != "POST":
        return redirect(address_of(post))
    if not request.user.is_authenticated:
        # The session ended while the page was open; keep the vote for after login.
        store_pending_vote(request, request.path)
        return redirect_to_login(address_of(post))
    back = request.POST.get("act") == "take-back"
    try:
        use(VOTES, str(request.user.pk))
        act = votes.retract_vote if back else votes.cast_vote
        counted = act(actor=request.user, post=post)
    except RateLimitedError as refused:
        problem = Sentence(f"You vote very fast. Please wait {refused.words}.", refused.code)
        return _refused(request, post, problem, status=429)
    except ForewarnedError as refused:
        return _refused(request, post, refused.sentence, status=refused.status)
    if wants_json(request):
        return JsonResponse({"voted": not back, "votes": counted.vote_count})
    return redirect(address_of(post))


def _refused(request: HttpRequest, post: Warning | Comment, problem: Sentence, *, status: int) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"problem": problem, "code": problem.code}, status=status)
    messages.error(request, problem, extra_tags=problem.code)
    return redirect(address_of(post))


def address_of(post: Any) -> str:
    """Return the address of a comment, or of a warning's vote button."""
    if isinstance(post, Comment):
        return post.get_absolute_url()
    return f"{post.get_absolute_url()}#vote"
