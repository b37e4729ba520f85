"""Who keeps the tags in order: 404 for what is not there, 403 for those who may only read."""

from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.permissions import may
from reports.access import FoundTag, get_tag_for_reading


def get_tag_for_curating(user: Any, slug: str) -> FoundTag:
    """A tag for a moderator to change. Raises Http404 or PermissionDenied."""
    found = get_tag_for_reading(slug)
    if not may("curate_tags", user):
        raise PermissionDenied("Moderators keep the tags in order.")
    return found
