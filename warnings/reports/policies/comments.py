"""Who may edit and delete comments. Pure."""

from datetime import datetime, timedelta
from typing import Any

from accounts.permissions import may
from reports.choices import Status

EDITABLE_FOR = timedelta(minutes=30)
LIVE = frozenset({Status.PENDING, Status.PUBLISHED})


def may_edit(user: Any, comment: Any, now: datetime) -> bool:
    """Return whether a user may edit a comment: their own, for half an hour, unless it was unpublished."""
    own = comment.author_id == user.pk
    fresh = now - comment.created_at <= EDITABLE_FOR
    return may("edit_comment", user, own=own) and fresh and comment.status in LIVE and not comment.deleted_at


def may_delete(user: Any, comment: Any) -> bool:
    """Return whether a user may delete a comment."""
    own = bool(comment.author_id) and comment.author_id == user.pk
    return may("delete_comment", user, own=own) and comment.status in LIVE and not comment.deleted_at
