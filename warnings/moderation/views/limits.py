"""The page of rate limits."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.permissions import may
from accounts.viewers import person_of
from common.http.rate_limits import REGISTER
from moderation.actions import limits as limit_actions
from moderation.forms.settings import MOST, LimitForm
from moderation.models import ChosenLimit
from moderation.policies.access import require_desk

_SPANS = {60: "a minute", 600: "ten minutes", 3_600: "an hour", 86_400: "a day"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def limits(request: HttpRequest) -> HttpResponse:
    """List the rate limits; on POST, override one."""
    require_desk(request.user)
    wrong = None
    if request.method == "POST":
        wrong = LimitForm(request.POST)
        if wrong.is_valid() and wrong.cleaned_data["name"] in REGISTER:
            limit_actions.choose(actor=person_of(request), **wrong.cleaned_data)
            messages.success(
                request, "Saved. It holds at once here, and within seconds in every process.", extra_tags="saved"
            )
            return redirect("limits")
    library = settings.ACCOUNT_RATE_LIMITS
    context = {
        "rows": _rows(wrong),
        "most": MOST,
        "keeps": may("keep_desk", request.user),
        "library": sorted(library.items()) if isinstance(library, dict) else [],
        "off": not settings.RATE_LIMITS,
    }
    return render(request, "moderation/limits.html", context, status=422 if wrong else 200)


def _rows(wrong: LimitForm | None) -> list[dict[str, Any]]:
    """Return each limit with its override and the errors of the submitted form."""
    chosen = {row.name: row for row in ChosenLimit.objects.select_related("by")}
    typed = wrong["name"].value() if wrong else ""
    return [
        {
            "limit": limit,
            "span": _SPANS.get(limit.seconds, f"{limit.seconds} seconds"),
            "chosen": chosen.get(limit.name),
            "most": chosen[limit.name].most if limit.name in chosen else limit.most,
            "typed": wrong["most"].value() if wrong and typed == limit.name else "",
            "errors": wrong.errors.get("most", []) if wrong and typed == limit.name else [],
        }
        for limit in sorted(REGISTER.values(), key=lambda limit: (limit.about, limit.seconds))
    ]
