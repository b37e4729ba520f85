"""Check that the index matches the content."""

from collections.abc import Iterator, Sequence

from common.db.row_checks import Check, Progress, differences, problems_of, problems_of_keys
from search import backends
from search.index.documents import INDEX_VERSION, Document, all_keys, documents, visible_keys
from search.index.rank_key import rank_key_of, tier_of
from search.kinds import Kind
from search.models import IndexedDocument, IndexState

_BATCH = 500

NOT_HELD = "The full-text index does not hold {row} as it is."


def problems() -> Iterator[str]:
    """Yield a sentence for each inconsistency, naming the document."""
    return problems_of(CHECKS)


def _contents(progress: Progress) -> Iterator[str]:
    for kind in Kind:
        after = 0
        while keys := all_keys(kind, after, _BATCH):
            after = keys[-1]
            yield from problems_of_keys(keys, lambda some, kind=kind: _of_batch(kind, some), f"Index entry of {kind}")  # type: ignore[misc]
            progress(len(keys))


def _of_batch(kind: Kind, keys: Sequence[int]) -> Iterator[str]:
    here = {row.key: row for row in IndexedDocument.objects.of(kind, keys)}
    starts = IndexState.objects.tier_starts()
    made = list(documents(kind, keys))
    indexed = [(here[document.key], document) for document in made if document.key in here]
    held = backends.current().holds(indexed)
    for document in made:
        if document.key not in here:
            yield f"The index lacks {kind} {document.key}."
    for row, document in indexed:
        if row.digest != document.digest:
            yield f"The index has an older {row}."
        else:
            yield from _other_columns(row, document, starts)
            if row.place not in held:
                yield NOT_HELD.format(row=row)


def _other_columns(row: IndexedDocument, document: Document, starts: Sequence[Sequence[int]]) -> Iterator[str]:
    place = rank_key_of(document.kind, document.key, document.quality)
    real = {"head": document.head, "parent": document.parent, "place": place, "tier": tier_of(place, starts)}
    yield from differences(row, real)


def _leftovers(progress: Progress) -> Iterator[str]:
    """Yield documents of what readers may not see, and a full-text index of another size."""
    seen = 0
    for kind in Kind:
        after = 0
        while indexed := IndexedDocument.objects.keys_after(kind, after, _BATCH):
            after = indexed[-1]
            seen += len(indexed)
            for key in sorted(set(indexed) - visible_keys(kind, indexed)):
                yield f"The index holds {kind} {key}, which readers may not see or which is gone."
            progress(len(indexed))
    held = backends.current().count()
    if held != seen:
        yield f"The full-text index holds {held} documents; there are {seen}."


def _state(_: Progress) -> Iterator[str]:
    version = IndexState.objects.version()
    if version != INDEX_VERSION:
        yield f"search.IndexState: version is {version}; it should be {INDEX_VERSION}. Run rebuild_search."


_COLUMNS = ("kind", "key", "digest", "head", "parent", "place", "tier")
CHECKS = (
    Check("search index: state", _state, frozenset({"search.IndexState.version"})),
    Check("search index: contents", _contents, frozenset(f"search.IndexedDocument.{name}" for name in _COLUMNS)),
    Check("search index: leftovers", _leftovers),
)
