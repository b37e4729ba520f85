"""`manage.py work`: run background tasks in a separate process."""

from typing import Any

from django.core.management.base import BaseCommand

from common import worker


class Command(BaseCommand):
    """For hosts that set BACKGROUND_WORK=worker, so that the web processes run no background tasks."""

    help = "Do background work (mail, digests) until stopped; several may run at once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped."""
        worker.run()
