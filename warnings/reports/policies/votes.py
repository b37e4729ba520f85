"""Whether a post accepts votes."""

from reports.choices import Status
from reports.models import Comment, Warning


def is_open(post: Warning | Comment) -> bool:
    """Return whether a post accepts votes: it and the warning above it are published."""
    if isinstance(post, Comment):
        return (
            post.status == Status.PUBLISHED
            and post.deleted_at is None
            and post.warning.status == Status.PUBLISHED
            and not post.warning.locked
        )
    return post.status == Status.PUBLISHED
