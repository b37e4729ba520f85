"""The allowed changes of status, in one table that the only writing function asks."""

from collections.abc import Mapping

from reports.choices import Status

ALLOWED_MOVES: Mapping[str, frozenset[str]] = {
    Status.DRAFT: frozenset({Status.PENDING, Status.PUBLISHED, Status.WITHDRAWN}),
    Status.PENDING: frozenset(
        {Status.PUBLISHED, Status.CHANGES_ASKED, Status.DECLINED, Status.MERGED, Status.WITHDRAWN}
    ),
    Status.CHANGES_ASKED: frozenset({Status.PENDING, Status.DECLINED, Status.MERGED, Status.WITHDRAWN}),
    # A comment waits again when its author puts personal data into it.
    Status.PUBLISHED: frozenset({Status.UNPUBLISHED, Status.HIDDEN, Status.MERGED, Status.PENDING}),
    # What is not shown is withdrawn with its author's account.
    Status.HIDDEN: frozenset({Status.PUBLISHED, Status.UNPUBLISHED, Status.WITHDRAWN}),
    Status.UNPUBLISHED: frozenset({Status.PUBLISHED, Status.PENDING, Status.WITHDRAWN}),
    Status.MERGED: frozenset({Status.PUBLISHED, Status.PENDING}),
    Status.DECLINED: frozenset({Status.PENDING, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset(),
}

# What its author may still change, or take back.
OPEN = frozenset({Status.PENDING, Status.CHANGES_ASKED})


def may_move(before: str, after: str) -> bool:
    """Whether something may go from one state to another."""
    return after in ALLOWED_MOVES[before]
