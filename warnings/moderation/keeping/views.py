"""Who moderates, who is invited to, and opening a case about an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.choices import TrustLevel
from accounts.models import User
from accounts.permissions import STAFF, may
from accounts.policies import has_second_factor
from accounts.viewers import person_of
from common.urls import absolute_url
from moderation.cases.access import require_desk
from moderation.cases.actions import open_case
from moderation.keeping import actions
from moderation.keeping.forms import AppointForm, HandleForm
from moderation.keeping.holding import NotPossible
from moderation.keeping.inviting.actions import invite
from moderation.models import Invitation
from moderation.words import CaseKind


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """The moderators; administrators appoint them here, and every moderator opens a case about an account."""
    require_desk(request.user)
    act = request.POST.get("act", "")
    appointing = AppointForm(request.POST if act == "appoint" else None, auto_id="appoint_%s")
    about = HandleForm(request.POST if act == "case" else None, auto_id="case_%s")
    if act == "case" and about.is_valid():
        case = open_case(kind=CaseKind.ACCOUNT, thing=about.cleaned_data["handle"])
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
    """The address of a new invitation. The page that answers shows it; nothing keeps it for another."""
    _, token = invite(actor=person_of(request))
    return absolute_url(reverse("invitation", kwargs={"token": token}))


def _appoint(request: HttpRequest, form: AppointForm) -> bool:
    user, level = form.cleaned_data["handle"], TrustLevel(form.cleaned_data["level"])
    try:
        actions.appoint(actor=person_of(request), user=user, level=level)
    except NotPossible as refused:
        form.add_error("handle", ValidationError(refused.sentence, code=refused.code))
        return False
    user.refresh_from_db()
    messages.success(request, f"{user.handle} is now: {user.get_trust_level_display()}.", extra_tags="appointed")
    return True
