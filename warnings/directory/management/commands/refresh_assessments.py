"""manage.py refresh_assessments"""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from directory.actions.assessments import refresh_assessments


class Command(BaseCommand):
    """Recompute every grade; to be run daily, since facts become stale with time."""

    help = "Work out every tool's grade anew. Run it once a day: facts go stale by themselves."

    def handle(self, *args: Any, **options: Any) -> None:
        """Recompute the grades and print how many changed."""
        changed = refresh_assessments(today=timezone.localdate())
        self.stdout.write(f"{changed} {'tool' if changed == 1 else 'tools'} assessed anew.")
