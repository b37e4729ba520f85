"""Telling those who watch; in the background, since they may be many."""

from django_tasks import task

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from reports.models import Warning, Watch
from reports.words import Status

BATCH = 200


@task()
def tell_watchers(warning: int, address: str, but: list[int]) -> None:
    """Tell everybody who watches a warning, or something it is about, that there is something new at `address`."""
    row = Warning.objects.filter(pk=warning, status=Status.PUBLISHED).first()
    if row is None:
        return
    keys = Watch.objects.of_warning(row).exclude(user__in=but).order_by("user").values_list("user", flat=True)
    people = list(dict.fromkeys(keys))
    for start in range(0, len(people), BATCH):
        notifications.notify(
            recipients=User.objects.filter(pk__in=people[start : start + BATCH]),
            kind=NotificationKind.WATCHED,
            key=f"watched:{row.slug}",
            text=f"Something new on “{row.title}”",
            address=address,
        )
