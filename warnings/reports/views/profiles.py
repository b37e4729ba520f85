"""Public profiles, and the export of a user's own data."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts import policies
from accounts.models import User
from accounts.trust import next_step
from accounts.viewers import viewer_of
from common.http.public_pages import public_page
from common.pagination import paginate
from directory.models import Connection
from reports.export import archive_of
from reports.models import Comment, Report, Warning
from reports.reputation import reputation_of

REPORTS_ON_A_PAGE = 20


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show the user's own account, and whether there is news about their reports."""
    context = {
        "second_factor": policies.has_second_factor(request.user),
        "news": Report.objects.by_author(request.user).filter(news=True).exists(),
    }
    return render(request, "accounts/overview.html", context)


@public_page("reports")
@require_safe
def show_profile(request: HttpRequest, handle: str) -> HttpResponse:
    """Show a user's published posts and trust level.

    Shows no e-mail address, no times of activity and no reports without the handle.
    """
    person = User.objects.shown(handle)
    if person is None:
        raise Http404("Nobody has this handle.")
    if person.handle != handle:
        return redirect("profile", handle=person.handle, permanent=True)
    own = viewer_of(request) == person
    context = {
        "person": person,
        "warnings": Warning.objects.published().by_name(person).sorted_by("newest").for_list()[:50],
        "reports": paginate(
            request, Report.objects.readable().by_name(person), per_page=REPORTS_ON_A_PAGE, parameter="reports"
        ),
        "own": own,
        # The next step also counts reports without the handle, so only the user may see it.
        "next_step": next_step(reputation_of(person, timezone.now())) if own and not person.is_moderator else "",
        "connections": Connection.objects.of(person),
        "comments": Comment.objects.readable().filter(author=person, deleted_at__isnull=True).count(),
    }
    return render(request, "reports/profile.html", context)


@require_safe
@login_required
@reauthentication_required
def export_page(request: HttpRequest) -> HttpResponse:
    """Show the link to the export. A page of its own, on which the user stays after confirming access."""
    return render(request, "accounts/export.html")


@require_safe
@login_required
def export(request: HttpRequest) -> HttpResponse:
    """Export all data stored about the user as a ZIP of JSON files and images.

    If access has to be confirmed first, that leads to the page of the export: a download would leave its user on the
    page for confirming, as if it had failed.
    """
    if not did_recently_reauthenticate(request):
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse('export_page')})}")
    response = HttpResponse(archive_of(request.user), content_type="application/zip")  # type: ignore[arg-type]
    name = f"forewarned-{timezone.localdate().isoformat()}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
