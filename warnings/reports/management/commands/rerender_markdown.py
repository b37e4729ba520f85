"""manage.py rerender_markdown"""

from typing import Any

from django.core.management.base import BaseCommand

from common.text.markdown import RENDERER_VERSION
from reports.actions import warnings
from reports.models import Comment, Report, Warning


class Command(BaseCommand):
    """Render texts made by an older renderer, in small transactions so that the site stays responsive."""

    help = "Render again every text whose HTML was made by an older version of the Markdown renderer."

    def handle(self, *args: Any, **options: Any) -> None:
        """Render all outdated texts in batches and print how many were rendered and refused."""
        for model in (Warning, Report, Comment):
            name = model._meta.verbose_name_plural
            total = model._default_manager.exclude(body_renderer=RENDERER_VERSION).count()
            done = refused = after = 0
            while (batch := warnings.rerender(model=model, after=after)) is not None:
                done, refused, after = done + batch.done, refused + batch.refused, batch.last
                self.stdout.write(f"{name}: {done} of {total}")
            self.stdout.write(f"{name}: {done} rendered.")
            if refused:
                self.stderr.write(f"{name}: {refused} could not be rendered and keep their older form.")
