"""Whether a post accepts votes."""

from reports.choices import Status
from reports.models import Comment, Warning


def is_open(thing: Warning | Comment) -> bool:
    """Return whether a post accepts votes: it and the warning above it are published."""
    if isinstance(thing, Comment):
        return (
            thing.status == Status.PUBLISHED
            and thing.deleted_at is None
            and thing.warning.status == Status.PUBLISHED
            and not thing.warning.locked
        )
    return thing.status == Status.PUBLISHED
