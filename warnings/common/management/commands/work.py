"""`manage.py work`: do background work in a process of its own."""

from typing import Any

from django.core.management.base import BaseCommand

from common import worker


class Command(BaseCommand):
    """For hosts who set BACKGROUND_WORK=worker: mail and digests leave the web processes alone."""

    help = "Do background work (mail, digests) until stopped; several may run at once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until somebody stops it."""
        worker.run()
