"""Fetch an entry or edit for a user, raising Http404, and check who may decide on a suggestion."""

from typing import Any

from django.http import Http404

from accounts.permissions import may
from common.errors import Sentence
from directory.choices import RevisionState
from directory.disclosures import is_connected
from directory.entries import Entry, find, scope_of
from directory.models import EntryRevision, Feature, Marketplace, Tactic, Tool
from directory.querysets import ToolQuerySet


def get_tool_for_reading(slug: str) -> Tool:
    """Return a tool with the data for its page. Raises Http404."""
    return _get_tool(Tool.objects.for_page(), slug)


def get_tool_for_card(slug: str) -> Tool:
    """Return a tool with the data for its preview image. Raises Http404."""
    return _get_tool(Tool.objects.prefetch_related("facts__feature", "facts__citations__source"), slug)


def get_tool_for_feed(slug: str) -> Tool:
    """Return a tool without related data. Raises Http404."""
    return _get_tool(Tool.objects.all(), slug)


def get_marketplace_for_feed(slug: str) -> Marketplace:
    """Return a marketplace without related data. Raises Http404."""
    marketplace = Marketplace.objects.filter(slug=slug).first()
    if marketplace is None:
        raise Http404("This marketplace is not in the directory.")
    return marketplace


def get_feature_for_reading(slug: str) -> Feature:
    """Return a feature, including replaced ones. Raises Http404."""
    feature = Feature.objects.select_related("replaced_by").filter(slug=slug).first()
    if feature is None:
        raise Http404("This feature is not in the catalogue.")
    return feature


def get_tactic_for_reading(slug: str) -> Tactic:
    """Return a tactic with the data for its page. Raises Http404."""
    tactic = Tactic.objects.for_page().filter(slug=slug).first()
    if tactic is None:
        raise Http404("This tactic is not in the catalogue.")
    return tactic


def get_marketplace_for_reading(slug: str) -> Marketplace:
    """Return a marketplace with the data for its page. Raises Http404."""
    marketplace = Marketplace.objects.for_page().filter(slug=slug).first()
    if marketplace is None:
        raise Http404("This marketplace is not in the directory.")
    return marketplace


def _get_tool(tools: ToolQuerySet, slug: str) -> Tool:
    tool = tools.filter(slug=slug).first()
    if tool is None:
        raise Http404("This tool is not in the directory.")
    return tool


def get_entry(kind: str, key: str, scope: tuple[str, ...] | None = None) -> Entry:
    """Return an editable entry, with `scope` selecting one of several facts on a feature. Raises Http404."""
    found = find(kind, key, scope)
    if found is None:
        raise Http404("This is not in the directory.")
    return found


def get_revision(user: Any, pk: int) -> EntryRevision:
    """Return an applied edit, or a suggestion for its author and those who may decide on it. Raises Http404."""
    found = EntryRevision.objects.select_related("author", "decided_by").filter(pk=pk).first()
    if found is not None and found.state == RevisionState.APPLIED:
        return found
    if found is None or not (_is(user, found) or may("edit_directly", user)):
        raise Http404("There is no such edit.")
    return found


def get_entry_of(revision: EntryRevision) -> Entry:
    """Return the entry of an edit as it is now. Raises Http404."""
    found = find(revision.kind, revision.key, scope_of(revision.before))
    if found is None:
        raise Http404("This is not in the directory any more.")
    return found


def get_connection(user: Any, pk: int) -> Any:
    """Return one of the user's own connections. Raises Http404."""
    found = user.connections.select_related("tool").filter(pk=pk).first()
    if found is None:
        raise Http404("You declared no such connection.")
    return found


def why_not_decide(user: Any, revision: EntryRevision, entry: Entry) -> str:
    """Return why a user may not accept or decline a suggestion, as a sentence; empty if they may."""
    if revision.state != RevisionState.SUGGESTED:
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
