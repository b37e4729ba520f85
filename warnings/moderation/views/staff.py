"""The pages of moderators, invitations, and cases about accounts."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.choices import TrustLevel
from accounts.models import User
from accounts.permissions import STAFF, may
from accounts.policies import has_second_factor
from accounts.viewers import person_of
from common.errors import ForewarnedError
from common.http.decorators import private
from common.urls import absolute_url
from moderation.actions import invitations
from moderation.actions import staff as staff_actions
from moderation.actions.cases import open_case
from moderation.actions.invitations import invite
from moderation.choices import CaseKind
from moderation.forms.settings import AppointForm, HandleForm
from moderation.models import Invitation
from moderation.policies.access import require_desk


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation to moderate; a signed-in user can accept it."""
    found = Invitation.objects.open(timezone.now()).with_token(token).first()
    if found is None:
        return _over(request)
    if request.method != "POST":
        return private(render(request, "moderation/invitation.html", {"invitation": found}))
    if not request.user.is_authenticated:
        return private(redirect_to_login(request.path))
    try:
        invitations.accept(actor=person_of(request), token=token)
    except invitations.InvitationExpiredError:
        return _over(request)
    except ForewarnedError as refused:
        context = {"invitation": found, "refused": refused.sentence}
        return private(render(request, "moderation/invitation.html", context, status=refused.status))
    logout(request)
    return private(render(request, "moderation/invitation.html", {"accepted": True}))


@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke an invitation."""
    require_desk(request.user)
    found = Invitation.objects.filter(pk=pk).first() if may("appoint", request.user) else None
    if found is None:
        raise Http404("There is no such invitation.")
    if invitations.revoke(actor=person_of(request), invitation=found):
        messages.success(request, "Revoked. The link leads nowhere any more.", extra_tags="revoked")
    else:
        messages.warning(request, "It was used or revoked already.", extra_tags="over-already")
    return redirect("people")


def _over(request: HttpRequest) -> HttpResponse:
    return private(render(request, "moderation/invitation.html", {"over": True}, status=404))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """List the moderators. Administrators can appoint and invite; any moderator can open a case about an account."""
    require_desk(request.user)
    act = request.POST.get("act", "")
    appointing = AppointForm(request.POST if act == "appoint" else None, auto_id="appoint_%s")
    about = HandleForm(request.POST if act == "case" else None, auto_id="case_%s")
    if act == "case" and about.is_valid():
        case = open_case(kind=CaseKind.ACCOUNT, target=about.cleaned_data["handle"])
        return redirect(case)
    if act == "appoint" and may("appoint", request.user) and appointing.is_valid() and _appoint(request, appointing):
        return redirect("people")
    link = _invite(request) if act == "invite" and may("appoint", request.user) else ""
    staff = User.objects.filter(trust_level__in=STAFF).annotate(decided=Count("decisions")).order_by("handle")
    context = {
        "staff": [(user, has_second_factor(user)) for user in staff],
        "appointing": appointing if may("appoint", request.user) else None,
        "about": about,
        "link": link,
        "invitations": Invitation.objects.open(timezone.now()).select_related("by"),
    }
    status = 422 if request.method == "POST" and not link else 200
    return render(request, "moderation/people.html", context, status=status)


def _invite(request: HttpRequest) -> str:
    """Create an invitation and return its URL, which is shown once and not stored."""
    _, token = invite(actor=person_of(request))
    return absolute_url(reverse("invitation", kwargs={"token": token}))


def _appoint(request: HttpRequest, form: AppointForm) -> bool:
    user, level = form.cleaned_data["handle"], TrustLevel(form.cleaned_data["level"])
    try:
        staff_actions.appoint(actor=person_of(request), user=user, level=level)
    except ForewarnedError as refused:
        form.add_error("handle", ValidationError(refused.sentence, code=refused.code))
        return False
    user.refresh_from_db()
    messages.success(request, f"{user.handle} is now: {user.get_trust_level_display()}.", extra_tags="appointed")
    return True
