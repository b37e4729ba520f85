"""Who may edit the directory, and who decides on a suggestion: 404 for strangers to it."""

from typing import Any

from django.http import Http404

from accounts.permissions import may
from common.errors import Sentence
from directory.connections import is_connected
from directory.models import EntryRevision
from directory.revising.entries import Entry, find, scope_of
from directory.words import EditState


def get_entry(kind: str, key: str, scope: tuple[str, ...] | None = None) -> Entry:
    """An entry that people edit; of several facts on one feature the one with this scope. Raises Http404."""
    found = find(kind, key, scope)
    if found is None:
        raise Http404("This is not in the directory.")
    return found


def get_revision(user: Any, pk: int) -> EntryRevision:
    """An applied edit, for everybody; a suggestion, for its author and those who decide. Raises Http404."""
    found = EntryRevision.objects.select_related("author", "decided_by").filter(pk=pk).first()
    if found is not None and found.state == EditState.APPLIED:
        return found
    if found is None or not (_is(user, found) or may("edit_directly", user)):
        raise Http404("There is no such edit.")
    return found


def get_entry_of(revision: EntryRevision) -> Entry:
    """The entry that an edit is of, as it is now. Raises Http404."""
    found = find(revision.kind, revision.key, scope_of(revision.before))
    if found is None:
        raise Http404("This is not in the directory any more.")
    return found


def get_connection(user: Any, pk: int) -> Any:
    """One of somebody's own connections. Raises Http404."""
    found = user.connections.select_related("tool").filter(pk=pk).first()
    if found is None:
        raise Http404("You declared no such connection.")
    return found


def why_not_decide(user: Any, revision: EntryRevision, entry: Entry) -> str:
    """Why somebody may not accept or decline a suggestion, as a sentence; empty if they may."""
    if revision.state != EditState.SUGGESTED:
        return Sentence("This is decided.", "decided")
    if _is(user, revision):
        return Sentence("Somebody else decides on your suggestion.", "own")
    if not may("decide_suggestion", user):
        return Sentence("Trusted members and moderators decide on suggestions.", "level")
    if is_connected(user, entry.tools):
        return Sentence(
            "You declared a connection to this tool or its vendor, so somebody else decides.", "connected"
        )
    return ""


def _is(user: Any, revision: EntryRevision) -> bool:
    return user.pk is not None and revision.author_id == user.pk
