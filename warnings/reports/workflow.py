"""The workflow: one table of allowed status transitions, checked by the only function that writes a status."""

from collections.abc import Mapping

from reports.choices import Status

ALLOWED_MOVES: Mapping[str, frozenset[str]] = {
    Status.DRAFT: frozenset({Status.PENDING, Status.PUBLISHED, Status.WITHDRAWN}),
    Status.PENDING: frozenset(
        {Status.PUBLISHED, Status.CHANGES_ASKED, Status.DECLINED, Status.MERGED, Status.WITHDRAWN}
    ),
    Status.CHANGES_ASKED: frozenset({Status.PENDING, Status.DECLINED, Status.MERGED, Status.WITHDRAWN}),
    # A published comment is pending again if its author adds personal data.
    Status.PUBLISHED: frozenset({Status.UNPUBLISHED, Status.HIDDEN, Status.MERGED, Status.PENDING}),
    # Hidden posts are withdrawn when their author's account is erased.
    Status.HIDDEN: frozenset({Status.PUBLISHED, Status.UNPUBLISHED, Status.WITHDRAWN}),
    Status.UNPUBLISHED: frozenset({Status.PUBLISHED, Status.PENDING, Status.WITHDRAWN}),
    Status.MERGED: frozenset({Status.PUBLISHED, Status.PENDING}),
    Status.DECLINED: frozenset({Status.PENDING, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset(),
}

# Statuses in which the author may edit or withdraw a post.
OPEN = frozenset({Status.PENDING, Status.CHANGES_ASKED})


def may_move(before: str, after: str) -> bool:
    """Return whether the workflow allows a transition."""
    return after in ALLOWED_MOVES[before]
