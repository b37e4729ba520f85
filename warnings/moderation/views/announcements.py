"""The page of announcements."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import may
from accounts.viewers import person_of
from common.errors import Sentence
from common.pagination import paginate
from moderation.actions import announcements as announcement_actions
from moderation.forms.settings import AnnouncementForm
from moderation.models import Announcement
from moderation.policies.access import require_desk


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def announcements(request: HttpRequest) -> HttpResponse:
    """List all announcements; administrators can preview and make one."""
    require_desk(request.user)
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    preview = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") != "preview":
            announcement_actions.announce(actor=person_of(request), fields=form.cleaned_data)
            messages.success(
                request, "Announced. Every page shows it within a minute of its time.", extra_tags="announced"
            )
            return redirect("announcements")
        preview = Announcement(**form.cleaned_data)
    now = timezone.now()
    listing = paginate(request, Announcement.objects.select_related("by"))
    shown = next((row for row in Announcement.objects.not_over(now) if row.is_shown(now)), None)
    context = {
        "listing": listing,
        "rows": [(row, _state(row, shown, now)) for row in listing.page],
        "form": form if may("keep_desk", request.user) else None,
        "preview": preview,
    }
    status = 422 if request.method == "POST" and preview is None else 200
    return render(request, "moderation/announcements.html", context, status=status)


@require_POST
@login_required
def announcement(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an announcement, or restore it."""
    require_desk(request.user)
    row = Announcement.objects.filter(pk=pk).first()
    if row is None:
        raise Http404("There is no such announcement.")
    act = (
        announcement_actions.bring_back if request.POST.get("act") == "bring-back" else announcement_actions.withdraw
    )
    act(actor=person_of(request), announcement=row)
    return redirect("announcements")


def _state(row: Announcement, shown: Announcement | None, now: datetime) -> Sentence:
    if row.withdrawn_at is not None:
        return Sentence("Ended by hand", "ended")
    if row.is_over(now):
        return Sentence("Over", "over")
    if row.begins_at > now:
        return Sentence("To come", "to-come")
    if shown is not None and row.pk == shown.pk:
        return Sentence("Shown now", "shown")
    return Sentence("Behind a later one", "behind")
