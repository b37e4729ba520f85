"""Background tasks: scan votes and notify watchers."""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from reports.actions.vote_fraud import raise_alarms
from reports.choices import Status
from reports.models import Subscription, Warning

# Seconds from a vote to the look at it, during which more votes ask for no look of their own.
SOON = 20


@task()
def scan_votes() -> None:
    """Raise alarms about bursts and rings."""
    raise_alarms(now=timezone.now())


def scan_soon() -> None:
    """Have votes looked at within the minute, once for all that come until then."""
    if cache.add("votes-scanned", 1, timeout=SOON):
        scan_votes.using(run_after=timezone.now() + timedelta(seconds=SOON)).enqueue()


BATCH = 200


@task()
def tell_watchers(warning: int, address: str, but: list[int]) -> None:
    """Tell everybody who watches a warning, or something it is about, that there is something new at `address`."""
    row = Warning.objects.filter(pk=warning, status=Status.PUBLISHED).first()
    if row is None:
        return
    keys = Subscription.objects.of_warning(row).exclude(user__in=but).order_by("user").values_list("user", flat=True)
    people = list(dict.fromkeys(keys))
    for start in range(0, len(people), BATCH):
        notifications.notify(
            recipients=User.objects.filter(pk__in=people[start : start + BATCH]),
            kind=NotificationKind.WATCHED,
            key=f"watched:{row.slug}",
            text=f"Something new on “{row.title}”",
            address=address,
        )
