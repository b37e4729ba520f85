"""Rebuild the index in batches, while the site serves.

Each batch is a transaction that leaves index and content consistent, so an interrupted rebuild loses nothing and the
next one skips what is up to date.
"""

from collections.abc import Callable

from search import actions
from search.index.documents import INDEX_VERSION, count
from search.index.rank_key import TIERS
from search.kinds import Kind
from search.models import IndexState

Progress = Callable[[str, int, int], None]


def rebuild(progress: Progress) -> None:
    """Index everything. `progress` is called with a kind's label, the number done, and the total."""
    for kind in Kind:
        total, done, after = count(kind), 0, 0
        while (last := actions.refresh_batch(kind=kind, after=after)) is not None:
            done, after = min(total, done + actions.BATCH), last
            progress(kind.label, done, total)
        after = 0
        while (last := actions.drop_orphans(kind=kind, after=after)) is not None:
            after = last
    actions.finish_rebuild()
    for tier in range(TIERS):
        actions.sort_into_tiers(tier=tier)


def is_built() -> bool:
    """Return whether this version of the index has been built."""
    return IndexState.objects.version() == INDEX_VERSION
