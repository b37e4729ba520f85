"""`manage.py send_digests`: mail to those who want what is new collected."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from accounts import digests


class Command(BaseCommand):
    """For an hourly timer: each person gets theirs once a day or a week, however often this runs."""

    help = "Queue the digests that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        """Queue and say how many."""
        now = timezone.now()
        sent = sum(digests.send(key=key, now=now) for key in digests.due(now))
        self.stdout.write(ngettext("%d digest.", "%d digests.", sent) % sent)
