"""Who may edit what, and who decides on a suggestion: 404 for strangers to it, 403 where editing is closed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.permissions import may
from common.errors import Sentence
from directory.disclosures import is_connected
from reports import access as reports_access
from reports.models import Revision, Warning
from reports.words import RevisionState, Status


def get_warning_for_editing(user: Any, slug: str) -> Warning:
    """A published warning for somebody signed in to change. Raises Http404, WarningMoved or PermissionDenied."""
    warning = reports_access.get_warning_for_reading(slug)
    if warning.locked and not may("edit_locked", user):
        raise PermissionDenied("This warning is locked: only moderators change it.")
    return warning


def get_version(warning: Warning, number: int) -> Revision:
    """A version of a warning that readers may see. Raises Http404."""
    found = warning.revisions.applied().filter(number=number).first()
    if found is None:
        raise Http404("There is no such version.")
    return found


def get_suggestion(user: Any, slug: str, pk: int) -> Revision:
    """A suggestion, for its author and those who may decide on suggestions. Raises Http404."""
    found = (
        Revision.objects.select_related("warning", "author", "decided_by")
        .filter(pk=pk, warning__slug=slug, warning__status=Status.PUBLISHED)
        .first()
    )
    if found is None or not (found.author_id == user.pk or may("edit_directly", user)):
        raise Http404("There is no such suggestion.")
    return found


def why_not_decide(user: Any, suggestion: Revision) -> str:
    """Why somebody may not accept or decline a suggestion, as a sentence; empty if they may."""
    warning = suggestion.warning
    if suggestion.state != RevisionState.SUGGESTED:
        return Sentence("This is decided.", "decided")
    if suggestion.author_id == user.pk:
        return Sentence("Somebody else decides on your suggestion.", "own")
    if not may("decide_suggestion", user):
        return Sentence("Trusted members and moderators decide on suggestions.", "level")
    if warning.locked and not may("edit_locked", user):
        return Sentence("The warning is locked: only moderators change it.", "locked")
    tools = {*suggestion.links.get("tools", []), *warning.tools.values_list("slug", flat=True)}
    if is_connected(user, tools):
        return Sentence(
            "You declared a connection to a tool that this is about, so somebody else decides.", "connected"
        )
    return ""
