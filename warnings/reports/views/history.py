"""The edit history of a warning: its versions, and the differences between two of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.http.public_pages import public_page
from common.pagination import paginate
from common.text.diff import Difference, differences
from common.text.markdown import MarkdownError
from common.text.markdown import render as render_markdown
from reports.models import Revision, Warning
from reports.policies import access
from reports.policies import access as reports_access
from reports.version_text import LABELS, fields_of, readable

VERSIONS_ON_A_PAGE = 20


@public_page("from", "to", "page")
@require_safe
def show_history(request: HttpRequest, slug: str) -> HttpResponse:
    """List the versions of a warning, newest first, with a word diff of the two selected ones."""
    warning = reports_access.get_warning_for_reading(slug)
    versions = warning.revisions.applied().naming_authors().newest_first()
    listing = paginate(request, versions, per_page=VERSIONS_ON_A_PAGE)
    shown = [revision.number for revision in listing.page]
    chosen_from = _number(request.GET.get("from", ""))
    chosen_to = _number(request.GET.get("to", ""))
    context: dict[str, Any] = {
        "warning": warning,
        "listing": listing,
        # Preselect the two newest versions of the page.
        "checked_from": chosen_from or (shown[1] if len(shown) > 1 else None),
        "checked_to": chosen_to or (shown[0] if shown else None),
    }
    if chosen_from and chosen_to:
        context |= _comparison(warning, chosen_from, chosen_to)
    return render(request, "reports/revising/history.html", context)


@public_page()
@require_safe
def show_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a version."""
    warning = reports_access.get_warning_for_reading(slug)
    revision = access.get_version(warning, number)
    context = {"warning": warning, "revision": revision, "text": readable(fields_of(revision))[0]}
    context["body"] = preview_of(revision.body)
    return render(request, "reports/revising/version.html", context)


def preview_of(body: str) -> str:
    """Return a text as HTML, or unchanged if it cannot be rendered."""
    try:
        return render_markdown(body)
    except MarkdownError:
        return body


def _comparison(warning: Warning, first: int, second: int) -> dict[str, Any]:
    """Return two versions, the older first, and their differences; None for these if a text was removed."""
    old, new = (access.get_version(warning, number) for number in sorted((first, second)))
    return {"old": old, "new": new, "differences": _differences(old, new)}


def _differences(old: Revision, new: Revision) -> list[Difference] | None:
    if old.redacted_at or new.redacted_at:
        return None
    return differences(LABELS, *readable(fields_of(old), fields_of(new)))


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 0
