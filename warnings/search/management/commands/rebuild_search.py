"""`manage.py rebuild_search`: rebuild the search index while the site serves."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.rebuild import is_built, rebuild


class Command(BaseCommand):
    """Index all public content, skipping documents that are up to date."""

    help = "Write the search index anew, batch by batch, while the site serves."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--if-needed`, used when the site starts."""
        parser.add_argument("--if-needed", action="store_true", help="Only if this version has not built it yet.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild the index and print the progress."""
        if options["if_needed"] and is_built():
            return

        def progress(name: str, done: int, total: int) -> None:
            self.stdout.write(f"{name}: {done} of {total}")

        rebuild(progress)
        self.stdout.write(self.style.SUCCESS("The search index is complete."))
