"""Looking at votes in the background."""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from reports.voting.alarms import raise_alarms

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
