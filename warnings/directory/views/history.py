"""The edit history of a directory entry."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.http.public_pages import public_page
from common.pagination import paginate
from common.text.diff import differences
from directory.choices import EntryKind
from directory.entries import Content, Entry
from directory.entry_text import LABELS, readable
from directory.models import EntryRevision, ToolFeature
from directory.policies import access

VERSIONS_ON_A_PAGE = 20


@public_page("from", "to", "page")
@require_safe
def show(request: HttpRequest, kind: EntryKind, slug: str, part: str = "") -> HttpResponse:
    """List the edits of an entry, with a diff of the two selected versions."""
    entry = access.get_entry(kind, f"{slug}/{part}" if part else slug)
    edits = EntryRevision.objects.of_entry(entry.kind, entry.key)
    listing = paginate(request, edits, per_page=VERSIONS_ON_A_PAGE)
    shown = [row.number for row in listing.page]
    chosen = [_number(request.GET.get(name)) for name in ("from", "to")]
    context: dict[str, Any] = {
        "entry": entry,
        "listing": listing,
        "checked_from": chosen[0] if chosen[0] is not None else shown[-1] - 1 if shown and shown[-1] else None,
        "checked_to": chosen[1] if chosen[1] is not None else shown[0] if shown else None,
        "facts": _facts(entry),
    }
    if None not in chosen:
        old, new = sorted(number for number in chosen if number is not None)
        before, after = (_content(entry, number) for number in (old, new))
        found = differences(LABELS[entry.kind], readable(before), readable(after))
        context |= {"old": old, "new": new, "compared": True, "differences": found}
    return render(request, "directory/revising/history.html", context)


def _facts(entry: Entry) -> list[ToolFeature]:
    """Return a tool's facts, which have their own histories."""
    if entry.kind != EntryKind.TOOL:
        return []
    return list(ToolFeature.objects.filter(tool=entry.row).select_related("feature"))


def _content(entry: Entry, number: int) -> Content:
    """Return the content of an entry by version; version 0 is that before the first edit. Raises Http404."""
    edits = EntryRevision.objects.of_entry(entry.kind, entry.key)
    row = edits.filter(number=number or 1).first()
    if row is None:
        raise Http404("There is no such version.")
    content: Content = row.after if number else row.before
    return content


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isascii() and given.isdecimal() and len(given) < 9 else None
