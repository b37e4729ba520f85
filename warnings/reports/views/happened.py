"""Report in one step that the same happened to the user."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from accounts.senders import ask_sender, sender_changed
from common.errors import ForewarnedError
from reports.actions.submissions import AlreadyReportedError, happened_to_me
from reports.choices import Status
from reports.models import Report, Warning
from reports.months import first_day, first_zone_day, month_choices
from reports.policies import access
from reports.policies.access import unnamed_already


@require_POST
def happened(request: HttpRequest, slug: str) -> HttpResponse:
    """Report that the same happened to the user: in one step with an account, otherwise with the form."""
    warning = access.get_warning_for_reading(slug)
    if sender_changed(request):
        return ask_sender(request)
    if not request.user.is_authenticated or warning.locked:
        return _to_form(request, warning)
    undecided = "sender" in request.POST and not request.POST.get("unnamed")
    if undecided and not unnamed_already(request.user, warning):
        messages.info(request, "Choose whether your handle is shown, then send it.", extra_tags="choose-whose")
        return _to_form(request, warning)
    month = request.POST.get("happened_in", "")
    known = dict(month_choices(first_zone_day(timezone.now())))
    marketplace = access.find_marketplace(request.POST.get("marketplace", ""))
    try:
        report = happened_to_me(
            author=request.user,
            warning=warning,
            happened_in=first_day(month if month in known else ""),
            marketplace=marketplace,
            unnamed=request.POST.get("unnamed") in ("yes", "on"),
        )
    except AlreadyReportedError as known:
        messages.info(request, known.sentence, extra_tags=known.code)
    except ForewarnedError as refused:
        messages.error(request, refused.sentence, extra_tags=refused.code)
    else:
        code = (
            f"{'counts' if report.status == Status.PUBLISHED else 'waits'}-{'unnamed' if report.unnamed else 'named'}"
        )
        messages.success(request, f"Thank you. {_told(report)}", extra_tags=code)
    return redirect("warning", slug=warning.slug)


def _to_form(request: HttpRequest, warning: Warning) -> HttpResponse:
    """Redirect to the report form with what was chosen in the short one."""
    given = {name: request.POST[name] for name in ("happened_in", "marketplace") if request.POST.get(name)}
    return redirect(f"/report/?{urlencode({'joins': warning.slug} | given)}")


def _told(report: Report) -> str:
    """Return what happens to a report without a text, and who can see its author."""
    counts = report.status == Status.PUBLISHED
    if report.unnamed:
        return f"{'It counts' if counts else 'A moderator looks at it first'}. Your handle is left out."
    return (
        "It counts, and your public profile lists it."
        if counts
        else "A moderator looks at it first; then it counts, and your public profile lists it."
    )
