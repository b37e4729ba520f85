"""`manage.py tidy`: delete expired data."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pages.expiry import tidy_site


class Command(BaseCommand):
    """The background worker does the same once a day: delete expired data and open cases for stale facts."""

    help = (
        "Erase drafts untouched for 30 days, evidence of refused reports as old, sessions that are over, tags that"
        " nothing has, who sent notices long ago, invitations long over; publish the head of the log; count what time"
        " changed of votes and trust; ask for stale facts to be checked."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete expired data and print the counts."""
        *erased, stale = tidy_site(timezone.now())
        self.stdout.write(f"Erased: {', '.join(erased)}.")
        self.stdout.write(f"{stale}.")
