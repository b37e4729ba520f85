"""manage.py load_catalogue [DIR]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from directory.catalogue.loader import Outcome, load
from directory.catalogue.problems import CatalogueError


class Command(BaseCommand):
    """Load the catalogue files; running it again applies only changes of the files."""

    help = "Load the catalogue of tools, features, tactics, marketplaces and warnings. Local edits are kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the optional folder argument."""
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CATALOGUE_DIR, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the catalogue and print a summary, or fail with a list of all problems."""
        try:
            outcome = load(options["folder"], today=timezone.localdate(), progress=self._progress)
        except CatalogueError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(self.style.SUCCESS(_summary(outcome)))
        for name in outcome.kept_local:
            self.stdout.write(f"  kept as edited here: {name}")

    def _progress(self, section: str, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{section}: {done} of {total}", ending="\n" if done == total else "")
        elif done == total:
            self.stdout.write(f"{section}: {total}")


def _summary(outcome: Outcome) -> str:
    return f"Catalogue: {outcome.added} added, {outcome.updated} updated, {outcome.unchanged} unchanged."
