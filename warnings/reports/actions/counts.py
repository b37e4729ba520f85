"""Count published posts again, and add up what triggers counted."""

from datetime import datetime

from django.db import transaction

from reports.models import PublishedCount
from reports.published_posts import count_published


@transaction.atomic
def recount() -> None:
    """Replace all counts by what is there. Others must not publish, hide or link posts meanwhile."""
    PublishedCount.objects.all().delete()
    counted = (PublishedCount(kind=kind, key=key, number=number) for (kind, key), number in count_published())
    PublishedCount.objects.bulk_create(counted, batch_size=500)


@transaction.atomic
def add_up(*, now: datetime) -> int:
    """Replace the rows of each count by one; return how many there were. Two at once wait for each other.

    What others add meanwhile stays for the next time.
    """
    rows = list(PublishedCount.objects.order_by("pk").select_for_update())
    if len(rows) == len({(row.kind, row.key) for row in rows}):
        return 0
    sums: dict[tuple[str, int], int] = {}
    for row in rows:
        sums[row.kind, row.key] = sums.get((row.kind, row.key), 0) + row.number
    PublishedCount.objects.filter(pk__in=[row.pk for row in rows]).delete()
    PublishedCount.objects.bulk_create(
        (PublishedCount(kind=kind, key=key, number=number) for (kind, key), number in sums.items() if number),
        batch_size=500,
    )
    return len(rows)
