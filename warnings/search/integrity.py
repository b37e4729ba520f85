"""Check that the index matches the content."""

from collections.abc import Iterator

from search import backends
from search.index.documents import all_keys, documents, visible_keys
from search.kinds import Kind
from search.models import IndexedDocument

_BATCH = 500

NOT_HELD = "The full-text index does not hold {row} as it is."


def problems() -> Iterator[str]:
    """Yield a sentence for each inconsistency, naming the document."""
    seen = 0
    for kind in Kind:
        after = 0
        while keys := all_keys(kind, after, _BATCH):
            after = keys[-1]
            yield from _of_batch(kind, keys)
        after = 0
        while indexed := IndexedDocument.objects.keys_after(kind, after, _BATCH):
            after = indexed[-1]
            seen += len(indexed)
            for key in sorted(set(indexed) - visible_keys(kind, indexed)):
                yield f"The index holds {kind} {key}, which readers may not see or which is gone."
    held = backends.current().count()
    if held != seen:
        yield f"The full-text index holds {held} documents; there are {seen}."


def _of_batch(kind: Kind, keys: list[int]) -> Iterator[str]:
    here = {row.key: row for row in IndexedDocument.objects.of(kind, keys)}
    held = backends.current().holds({row.place: row.digest for row in here.values()})
    for document in documents(kind, keys):
        row = here.get(document.key)
        if row is None:
            yield f"The index lacks {kind} {document.key}."
        elif row.digest != document.digest:
            yield f"The index has an older {row}."
        elif row.place not in held:
            yield NOT_HELD.format(row=row)
