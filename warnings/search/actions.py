"""Update the search index in the transaction of each change."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from search import backends
from search.index.documents import INDEX_VERSION, Document, all_keys, documents, lock
from search.index.rank_key import HALVES, rank_key_of, tier_of, tier_ranges
from search.kinds import DIRECTORY_KINDS, Kind
from search.models import IndexedDocument, IndexState

# Numbers of documents in the first and second tier, for directory and posts each; see the PostgreSQL backend.
BEST_DOCUMENTS = 1_500
GOOD_DOCUMENTS = 40_000
BATCH = 500


@transaction.atomic
def refresh(*, kind: Kind, keys: Sequence[int]) -> int:
    """Update the documents of objects, also of deleted ones; return how many documents changed."""
    fresh = {document.key: document for document in documents(kind, keys)}
    here = {row.key: row for row in IndexedDocument.objects.select_for_update().of(kind, keys)}
    right = {key for key, document in fresh.items() if key in here and _is_right(here[key], document)}
    stale = [row for key, row in here.items() if key not in right]
    changed = [document for key, document in fresh.items() if key not in right]
    _replace(stale, changed)
    if kind in DIRECTORY_KINDS and (stale or changed):
        renew_names_token()
    return len(stale) + sum(document.key not in here for document in changed)


@transaction.atomic
def refresh_batch(*, kind: Kind, after: int) -> int | None:
    """Refresh the next batch of a kind after the key `after`; return the last key, or None at the end.

    Locks the objects, so that no concurrent change is overwritten with an older text.
    """
    keys = all_keys(kind, after, BATCH)
    if not keys:
        return None
    lock(kind, keys)
    refresh(kind=kind, keys=keys)
    return keys[-1]


@transaction.atomic
def drop_orphans(*, kind: Kind, after: int) -> int | None:
    """Delete the documents of deleted objects in a batch after the key `after`; return the last key, or None."""
    keys = IndexedDocument.objects.keys_after(kind, after, BATCH)
    if not keys:
        return None
    refresh(kind=kind, keys=keys)
    return keys[-1]


@transaction.atomic
def finish_rebuild() -> None:
    """Record that this version indexed everything, and compute the boundaries of the tiers."""
    backends.current().drop_unplaced()
    starts = [_tier_starts(*half) for half in HALVES]
    IndexState.objects.update_or_create(
        pk=1, defaults={"version": INDEX_VERSION, "tier_starts": starts, "names_token": uuid.uuid4().hex}
    )


@transaction.atomic
def sort_into_tiers(*, tier: int) -> int:
    """Set the tier of the documents that belong to it; return how many changed."""
    ranges = tier_ranges(tier, IndexState.objects.tier_starts())
    rows = IndexedDocument.objects.exclude(tier=tier)
    return sum(rows.filter(place__gte=low, place__lt=high).update(tier=tier) for low, high in ranges)


@transaction.atomic
def renew_names_token() -> None:
    """Make every process reload the names after this transaction.

    The token is random instead of a counter, since a rolled-back transaction's number would be used again for other
    names.
    """
    IndexState.objects.update_or_create(pk=1, defaults={"names_token": uuid.uuid4().hex})


def _is_right(row: IndexedDocument, document: Document) -> bool:
    """Return whether a row says of a document what it should, also in columns that the digest does not cover."""
    place = rank_key_of(document.kind, document.key, document.quality)
    right = (document.digest, document.head, document.parent, place)
    return (row.digest, row.head, row.parent, row.place) == right


def _tier_starts(low: int, high: int) -> list[int]:
    """Return the lowest places of the upper tiers in a range of places."""
    places = IndexedDocument.objects.filter(place__gte=low, place__lt=high).order_by("-place")
    lasts = (
        places.values_list("place", flat=True)[size - 1 : size].first() for size in (BEST_DOCUMENTS, GOOD_DOCUMENTS)
    )
    return [place for place in lasts if place is not None]


def _replace(stale: Sequence[IndexedDocument], changed: Sequence[Document]) -> None:
    index = backends.current()
    starts = IndexState.objects.tier_starts()
    rows = [_row(document, starts) for document in changed]
    # Also delete documents that wrongly have one of these places, so that a rebuild repairs any corruption.
    places = [row.place for row in (*stale, *rows)]
    index.remove(places)
    IndexedDocument.objects.filter(Q(pk__in=[row.pk for row in stale]) | Q(place__in=places)).delete()
    IndexedDocument.objects.bulk_create(rows)
    index.add(list(zip(rows, changed, strict=True)))


def _row(document: Document, starts: Sequence[Sequence[int]]) -> IndexedDocument:
    place = rank_key_of(document.kind, document.key, document.quality)
    return IndexedDocument(
        kind=document.kind,
        key=document.key,
        parent=document.parent,
        head=document.head,
        digest=document.digest,
        place=place,
        tier=tier_of(place, starts),
    )
