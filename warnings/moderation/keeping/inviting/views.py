"""The page of an invitation, and taking one back."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import may
from accounts.viewers import person_of
from common.http.decorators import private
from moderation.cases.access import require_desk
from moderation.keeping.holding import NotPossible
from moderation.keeping.inviting import actions
from moderation.models import Invitation


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation means; somebody signed in accepts it here."""
    found = Invitation.objects.open(timezone.now()).with_token(token).first()
    if found is None:
        return _over(request)
    if request.method != "POST":
        return private(render(request, "moderation/invitation.html", {"invitation": found}))
    if not request.user.is_authenticated:
        return private(redirect_to_login(request.path))
    try:
        actions.accept(actor=person_of(request), token=token)
    except actions.InvitationIsOver:
        return _over(request)
    except NotPossible as refused:
        context = {"invitation": found, "refused": refused.sentence}
        return private(render(request, "moderation/invitation.html", context, status=409))
    logout(request)
    return private(render(request, "moderation/invitation.html", {"accepted": True}))


@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a link lead nowhere any more."""
    require_desk(request.user)
    found = Invitation.objects.filter(pk=pk).first() if may("appoint", request.user) else None
    if found is None:
        raise Http404("There is no such invitation.")
    if actions.revoke(actor=person_of(request), invitation=found):
        messages.success(request, "Revoked. The link leads nowhere any more.", extra_tags="revoked")
    else:
        messages.warning(request, "It was used or revoked already.", extra_tags="over-already")
    return redirect("people")


def _over(request: HttpRequest) -> HttpResponse:
    return private(render(request, "moderation/invitation.html", {"over": True}, status=404))
