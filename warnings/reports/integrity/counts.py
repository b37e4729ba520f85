"""Check the numbers of published posts that triggers keep."""

from collections.abc import Iterator

from django.db.models import Sum

from common.db.row_checks import Check, Progress
from reports.models import PublishedCount
from reports.published_posts import count_published


def _counts(progress: Progress) -> Iterator[str]:
    """Yield wrong numbers. The site may write meanwhile, so only what is still wrong at a second look counts."""
    if first := _wrong():
        again = _wrong()
        yield from (sentence for sentence in first if sentence in again)
    progress(PublishedCount.objects.count())


def _wrong() -> list[str]:
    rows = PublishedCount.objects.order_by().values_list("kind", "key").annotate(total=Sum("number"))
    stored = {(kind, key): total for kind, key, total in rows}
    real = dict(count_published())
    return [
        f"{PublishedCount._meta.label} {kind} {key}: number is {stored.get((kind, key), 0)};"
        f" it should be {real.get((kind, key), 0)}."
        for kind, key in sorted({*stored, *real})
        if stored.get((kind, key), 0) != real.get((kind, key), 0)
    ]


_FIELDS = frozenset(f"{PublishedCount._meta.label}.{name}" for name in ("kind", "key", "number"))
CHECKS = (Check("numbers of published posts", _counts, _FIELDS),)
