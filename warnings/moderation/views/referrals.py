"""Refer a case to law enforcement: instructions, the extract to hand over, and the record."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.viewers import person_of
from moderation.actions import referrals
from moderation.forms.referrals import ReferralForm
from moderation.policies.access import get_case
from moderation.referral_extract import extract_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def danger(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the extract of a case for law enforcement; on POST, record a referral."""
    case = get_case(request.user, public_id)
    form = ReferralForm(request.POST if request.method == "POST" else None, initial={"told_at": timezone.now()})
    if form.is_valid():
        referrals.record_referral(actor=person_of(request), case=case, **form.cleaned_data)
        messages.success(
            request,
            "Recorded. What the case is about is kept for the authority for half a year.",
            extra_tags="recorded",
        )
        return redirect(case)
    context = {"case": case, "form": form, "extract": extract_of(case), "referrals": case.referrals.all()}
    return render(request, "moderation/danger.html", context, status=422 if form.is_bound else 200)
