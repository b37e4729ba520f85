"""`manage.py send_digests`: mail the digests that are due."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from accounts import digests


class Command(BaseCommand):
    """The background worker does the same once an hour. Each user gets a digest once a day or a week at most."""

    help = "Queue the digests that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        """Queue the digests and print their number."""
        sent = digests.send_due(now=timezone.now())
        self.stdout.write(ngettext("%d digest.", "%d digests.", sent) % sent)
