"""`manage.py tidy`: erase what has had its time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.actions import tidy_sessions
from accounts.noticing import actions as noticing
from common import background
from reports.actions import refresh_recent_reporters
from reports.submitting.actions import tidy
from reports.tagging import actions as tagging


class Command(BaseCommand):
    """For a daily timer: drafts, refused evidence, sessions and tags that nobody needs any more."""

    help = (
        "Erase drafts untouched for 30 days, evidence of refused reports as old, sessions that are over,"
        " and tags that nothing has."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase and say how much."""
        erased = tidy()
        sessions = tidy_sessions(now=timezone.now())
        background.tidy(now=timezone.now())
        noticing.tidy(now=timezone.now())
        refresh_recent_reporters()
        tags = tagging.tidy()
        parts = [
            ngettext("%d draft", "%d drafts", erased["drafts"]) % erased["drafts"],
            ngettext("%d picture", "%d pictures", erased["pictures"]) % erased["pictures"],
            ngettext("%d session", "%d sessions", sessions) % sessions,
            ngettext("%d tag", "%d tags", tags) % tags,
        ]
        self.stdout.write(f"Erased: {', '.join(parts)}.")
