"""Record and list legal threats."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.viewers import person_of
from common.pagination import paginate
from moderation.actions import legal_threats
from moderation.forms.legal_threats import LegalThreatForm
from moderation.models import LegalThreat
from moderation.policies.access import require_desk


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def threats(request: HttpRequest) -> HttpResponse:
    """List legal threats; on POST, record one."""
    require_desk(request.user)
    form = LegalThreatForm(
        request.POST if request.method == "POST" else None, initial={"received_on": timezone.localdate()}
    )
    if form.is_valid():
        legal_threats.record_legal_threat(actor=person_of(request), fields=form.cleaned_data)
        messages.success(
            request, "Recorded. The number of threats by month is public, nothing else of it.", extra_tags="recorded"
        )
        return redirect("threats")
    context = {"form": form, "listing": paginate(request, LegalThreat.objects.select_related("by"))}
    return render(request, "moderation/threats.html", context, status=422 if form.is_bound else 200)
