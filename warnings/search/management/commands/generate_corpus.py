"""`manage.py generate_corpus --warnings N`: synthetic content for benchmarks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.corpus.generator import CorpusError, generate


class Command(BaseCommand):
    """Add synthetic warnings with reports, comments and votes, and synthetic tools, all indexed."""

    help = "Add synthetic warnings, reports, comments, votes and tools for benchmarks. Not beside real posts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the numbers and the seed; the same seed on a new site generates the same corpus."""
        parser.add_argument("--warnings", type=int, required=True, help="How many warnings to add.")
        parser.add_argument("--tools", type=int, default=0, help="How many tools to add (default 0).")
        parser.add_argument("--comments", type=int, help="How many comments on them (default 3 for 10 warnings).")
        parser.add_argument("--votes", type=int, help="How many votes for them (default 5 for 10 warnings).")
        parser.add_argument("--seed", type=int, default=1, help="Another seed, another corpus (default 1).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Generate the corpus and print the progress."""
        numbers = {name: options[name] for name in ("warnings", "tools", "comments", "votes")}
        if min(number or 0 for number in numbers.values()) < 0:
            raise CommandError("The numbers must not be negative.")

        def progress(done: int, total: int) -> None:
            self.stdout.write(f"{done:,} of {total:,} warnings")
            self.stdout.flush()

        try:
            generate(**numbers, seed=options["seed"], progress=progress)
        except CorpusError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(self.style.SUCCESS("The corpus is complete."))
