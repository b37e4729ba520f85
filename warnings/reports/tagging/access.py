"""Who keeps the tags in order: 404 for what is not there, 403 for those who may only read."""

from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.permissions import may
from reports.access import FoundTag, get_tag_for_reading
from reports.models import TagMerge

_MERGES_SHOWN = 20


def get_tag_for_curating(user: Any, slug: str) -> FoundTag:
    """A tag for a moderator to change. Raises Http404 or PermissionDenied."""
    found = get_tag_for_reading(slug)
    if not may("curate_tags", user):
        raise PermissionDenied("Moderators keep the tags in order.")
    return found


def latest_merges() -> list[TagMerge]:
    """The merges that can be undone, the latest first, with the tags that they went into."""
    return list(TagMerge.objects.select_related("tag")[:_MERGES_SHOWN])
