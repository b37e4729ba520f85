"""manage.py rerender_markdown"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.actions import warnings
from reports.models.text import rendered_models


class Command(BaseCommand):
    """Render texts made by another renderer, in small transactions so that the site stays responsive."""

    help = "Render again every text whose HTML was made by another version of the Markdown renderer."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--all`, which repairs HTML that was changed in the database."""
        parser.add_argument(
            "--all", action="store_true", help="Render every text, whatever version is stored with it."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Render the texts in batches and print how many were rendered and refused."""
        everything = options["all"]
        for model in rendered_models():
            name = model._meta.verbose_name_plural
            total = warnings.to_render(model, everything=everything).count()
            done = refused = after = 0
            while (batch := warnings.rerender(model=model, after=after, everything=everything)) is not None:
                done, refused, after = done + batch.done, refused + batch.refused, batch.last
                self.stdout.write(f"{name}: {done} of {total}")
            self.stdout.write(f"{name}: {done} rendered.")
            if refused:
                self.stderr.write(f"{name}: {refused} could not be rendered and keep their older form.")
