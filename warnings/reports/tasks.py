"""Background tasks: scan votes and notify subscribers."""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from accounts.notification_keys import key_of_warning
from reports.actions.vote_fraud import raise_alarms
from reports.choices import Status
from reports.models import Subscription, Warning

# Delay in seconds between a vote and the scan; further votes in this time start no scan of their own.
SOON = 20


@task()
def scan_votes() -> None:
    """Scan votes and raise alarms about bursts and rings."""
    raise_alarms(now=timezone.now())


def scan_soon() -> None:
    """Schedule a scan of votes, unless one is scheduled already."""
    if cache.add("votes-scanned", 1, timeout=SOON):
        scan_votes.using(run_after=timezone.now() + timedelta(seconds=SOON)).enqueue()


BATCH = 200


@task()
def tell_watchers(warning: int, address: str, but: list[int]) -> None:
    """Notify subscribers of a warning or its subjects of a new post at `address`, except the users in `but`."""
    row = Warning.objects.filter(pk=warning, status=Status.PUBLISHED).first()
    if row is None:
        return
    keys = Subscription.objects.of_warning(row).exclude(user__in=but).order_by("user").values_list("user", flat=True)
    people = list(dict.fromkeys(keys))
    for start in range(0, len(people), BATCH):
        notifications.notify(
            recipients=User.objects.filter(pk__in=people[start : start + BATCH]),
            kind=NotificationKind.WATCHED,
            key=key_of_warning(NotificationKind.WATCHED, row.pk),
            text=f"Something new on “{row.title}”",
            address=address,
        )
