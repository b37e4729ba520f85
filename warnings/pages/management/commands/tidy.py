"""`manage.py tidy`: run all daily jobs at once."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from common.schedule import daily_jobs


class Command(BaseCommand):
    """The background worker does the same once a day."""

    help = (
        "Erase drafts untouched for 30 days, evidence of refused reports as old, sessions that are over, tags that"
        " nothing has, who sent notices long ago, invitations long over; publish the head of the log; count what time"
        " changed of votes, trust and grades; ask for stale facts to be checked."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each job and print what it changed."""
        now = timezone.now()
        for job in daily_jobs():
            done = job.run(now=now)
            counts = done if isinstance(done, Mapping) else {job.name: done}
            for name, count in counts.items():
                self.stdout.write(f"{name}: {count}")
