"""`manage.py demo_data`: create a year of demo data."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation.demo.actions import NotEmptyError
from moderation.demo.year import make_a_year


class Command(BaseCommand):
    """Fill an empty site with a made-up year of reports, decisions, flags and appeals."""

    help = "Make up a year of activity on a site where nobody has written yet. Never run by anything else."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the seed option."""
        parser.add_argument("--seed", type=int, default=1, help="The same number makes the same year.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the demo data and print a summary."""
        try:
            made = make_a_year(seed=options["seed"], said=self.stdout.write)
        except NotEmptyError:
            raise CommandError("People have written here already; try it on a copy or an empty site.") from None
        # The posts were backdated after they were indexed.
        call_command("rebuild_search", stdout=self.stdout)
        self.stdout.write(
            f"{made['people']} people, {made['warnings']} published warnings, {made['decisions']} decisions,"
            f" {made['waiting']} cases wait."
        )
