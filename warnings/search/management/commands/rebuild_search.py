"""`manage.py rebuild_search`: write the search index anew; safe while serving."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.rebuild import is_built, rebuild


class Command(BaseCommand):
    """Index everything that readers may see. What is indexed rightly already is left as it is."""

    help = "Write the search index anew, batch by batch, while the site serves."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--if-needed` for the start of the site."""
        parser.add_argument("--if-needed", action="store_true", help="Only if this version has not built it yet.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how far it is."""
        if options["if_needed"] and is_built():
            return

        def progress(name: str, done: int, total: int) -> None:
            self.stdout.write(f"{name}: {done} of {total}")

        rebuild(progress)
        self.stdout.write(self.style.SUCCESS("The search index is complete."))
