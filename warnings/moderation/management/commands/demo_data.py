"""`manage.py demo_data`: create a year of demo data."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from common.errors import ForewarnedError
from moderation.demo.year import DemoRefusedError, make_a_year


class Command(BaseCommand):
    """Fill an empty site with a made-up year of reports, decisions, flags and appeals."""

    help = "Make up a year of activity on a site where nobody has written yet. Never run by anything else."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the seed option."""
        parser.add_argument("--seed", type=int, default=1, help="The same number makes the same year.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the demo data and print a summary."""
        seed = options["seed"]
        try:
            made = self._make(seed)
        except DemoRefusedError as refused:
            raise CommandError(refused.sentence) from None
        except ForewarnedError as refused:
            raise CommandError(
                f"An action refused a step of this year: {refused.sentence} Nothing was changed."
                f" Try another year: `manage.py demo_data --seed {seed + 1}`."
            ) from refused
        self.stdout.write(
            f"{made['people']} people, {made['warnings']} published warnings, {made['decisions']} decisions,"
            f" {made['waiting']} cases wait."
        )

    @transaction.atomic
    def _make(self, seed: int) -> dict[str, int]:
        """Create the year and index it, both or neither: an interrupted run leaves nothing behind."""
        made = make_a_year(seed=seed, now=timezone.now(), said=self.stdout.write)
        # The posts were backdated after they were indexed.
        call_command("rebuild_search", stdout=self.stdout)
        return made
