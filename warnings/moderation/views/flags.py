"""Flag a post or source, show users their flags, and show the flag rule."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permissions import may
from accounts.senders import ask_sender, sender_changed
from accounts.viewers import person_of, viewer_of
from common.errors import ForewarnedError
from common.http.rate_limits import Limit, source, use
from common.http.sent_before import known_key, remember_key
from directory.models import Source
from moderation import auto_hide
from moderation.actions import appeals, flags, limits
from moderation.choices import FLAGGER, FlagReason
from moderation.cited_places import places_of
from moderation.forms.appeals import AppealForm
from moderation.forms.flags import FlagForm
from moderation.models import Flag
from moderation.policies import access
from moderation.policies.access import require_desk
from moderation.policies.appeals import appeals_of, waits_for_another, why_not_appeal

FLAGS = Limit("flags", 30, 3_600, "Flags, and appeals about them, of one account")
FLAGS_WITHOUT_ACCOUNT = Limit("flags-anonymous", 5, 3_600, "Flags without an account, of one network")
ALL_FLAGS_WITHOUT_ACCOUNT = Limit("flags-anonymous-all", 500, 3_600, "Flags without an account, of everybody")


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Flag a post or source for the moderators, with or without an account."""
    target = access.get_flaggable(kind, key)
    form = FlagForm(target, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form(request, target, form)
    if sender_changed(request):
        return ask_sender(request)
    if not form.is_valid():
        return _form(request, target, form, status=422)
    reader = viewer_of(request)
    address = _address(target)
    content = ["flag", kind, key, form.cleaned_data["reason"], form.cleaned_data["detail"]]
    if reader is None and known_key(sender=source(request), content=content):
        return render(request, "moderation/flagged.html", {"target": target, "address": address})
    try:
        if reader is not None:
            use(FLAGS, f"user:{reader.pk}")
        else:
            use(FLAGS_WITHOUT_ACCOUNT, source(request))
            use(ALL_FLAGS_WITHOUT_ACCOUNT, "all")
        made = (flags.flag_source if isinstance(target, Source) else flags.flag)(
            target=target,
            flagger=reader,
            reason=FlagReason(form.cleaned_data["reason"]),
            detail=form.cleaned_data["detail"],
        )
    except ForewarnedError as refused:
        flagged = getattr(refused, "flag", None)
        return _form(request, target, form, status=refused.status, problem=refused.sentence, flagged=flagged)
    if reader is None:
        remember_key(str(made.public_id), sender=source(request), content=content)
        return render(request, "moderation/flagged.html", {"target": target, "address": address})
    messages.success(
        request, "Thank you. A moderator looks at it, and you hear what became of it.", extra_tags="flagged"
    )
    return redirect("own_flag", public_id=made.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own_flag(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a user's own flag and its outcome; on POST, appeal against its rejection."""
    row = access.get_own_flag(request.user, public_id)
    person = person_of(request)
    form, status = AppealForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        if row.decision is not None and form.is_valid() and _appeal(request, row, form):
            return redirect(request.path)
        status = 422
    own = appeals_of(row.decision, person, FLAGGER) if row.decision else []
    possible = row.decision is not None and not why_not_appeal(row.decision, person, FLAGGER, timezone.now())
    context = {
        "flag": row,
        "appeals": own,
        "waiting": [appeal.pk for appeal in own if waits_for_another(appeal)],
        "form": form if possible or (form.is_bound and row.decision) else None,
        "address": _address(row.target),
    }
    return render(request, "moderation/own_flag.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_rule(request: HttpRequest) -> HttpResponse:
    """Show the flag rule, its activity and a dry run; on POST, stop or resume it, or undo its decisions."""
    require_desk(request.user)
    now = timezone.now()
    if request.method == "POST" and "most" in request.POST:
        most = 0 if request.POST["most"] == "0" else auto_hide.A_DAY.most
        limits.choose(actor=person_of(request), name=auto_hide.A_DAY.name, most=most)
        messages.success(
            request,
            "The rule works again." if most else "The rule is stopped. Flags still open cases.",
            extra_tags="rule-works" if most else "rule-stopped",
        )
        return redirect("flag_rule")
    if request.method == "POST":
        done, left = flags.undo_all(actor=person_of(request))
        words = f"{done} undone." + (f" {left} could not be: something was decided on them since." if left else "")
        messages.success(request, words, extra_tags="rule-undone")
        return redirect("flag_rule")
    keeps = may("keep_desk", request.user)
    context = {
        "state": auto_hide.state(now),
        "most": auto_hide.A_DAY.most,
        "dry": auto_hide.dry_run(now),
        "keeps": keeps,
    }
    return render(request, "moderation/rule.html", context)


def _appeal(request: HttpRequest, row: Flag, form: AppealForm) -> bool:
    try:
        use(FLAGS, f"user:{request.user.pk}")
        appeals.appeal(
            decision=row.decision,  # type: ignore[arg-type]
            text=form.cleaned_data["text"],
            by=person_of(request),
            role=FLAGGER,
        )
    except ForewarnedError as refused:
        form.add_error("text", ValidationError(refused.sentence, code=refused.code))
        return False
    messages.success(
        request, "Your appeal is there. Somebody who did not decide before looks at it.", extra_tags="appealed"
    )
    return True


def _form(
    request: HttpRequest,
    target: Any,
    form: FlagForm,
    *,
    status: int = 200,
    problem: str = "",
    flagged: Flag | None = None,
) -> HttpResponse:
    if isinstance(target, Source):
        context = {"source": target, "cited": places_of(target), "kind": "source", "key": target.pk}
        context |= {"form": form, "problem": problem, "flagged": flagged}
        return render(request, "moderation/flag_source.html", context, status=status)
    warning = getattr(target, "warning", target)
    context = {"target": target, "warning": warning, "kind": target._meta.verbose_name}
    context |= {"key": getattr(target, "slug", "") or target.public_id, "form": form, "problem": problem}
    context["flagged"] = flagged
    return render(request, "moderation/flag.html", context, status=status)


def _address(target: Any) -> str:
    if isinstance(target, Source):
        return next((place.url for place in places_of(target)), reverse("home"))
    return str(target.get_absolute_url())
