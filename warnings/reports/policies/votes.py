"""Yes-or-no questions about votes."""

from reports.choices import Status
from reports.models import Comment, Warning


def is_open(thing: Warning | Comment) -> bool:
    """Whether something can be voted on: it is published, and so is what it stands under."""
    if isinstance(thing, Comment):
        return (
            thing.status == Status.PUBLISHED
            and thing.deleted_at is None
            and thing.warning.status == Status.PUBLISHED
            and not thing.warning.locked
        )
    return thing.status == Status.PUBLISHED
