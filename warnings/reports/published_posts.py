"""Count published posts in the slow way, which the stored numbers are compared with."""

from collections.abc import Iterator

from django.db.models import Count

from reports.choices import CountKind, Status
from reports.models import LINKS, Report, Warning


def count_published() -> Iterator[tuple[tuple[str, int], int]]:
    """Yield the kind, key and number of what is published, read from the posts."""
    yield (CountKind.WARNINGS, 0), Warning.objects.published().count()
    yield (CountKind.REPORTS, 0), Report.objects.published().count()
    for kind, link in LINKS.items():
        rows = link.model._default_manager.filter(**{f"{link.warning.removesuffix('_id')}__status": Status.PUBLISHED})
        for key, number in rows.order_by().values_list(link.entry).annotate(number=Count("pk")):
            yield (kind, key), number
