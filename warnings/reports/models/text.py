"""Stored text: the Markdown as typed and the clean HTML rendered from it."""

from typing import ClassVar

from django.apps import apps
from django.db import models
from django.utils.safestring import SafeString

from common.text.markdown import trusted_html

# Of the title of a warning: in every form, in the catalogue and in the database.
LONGEST_TITLE = 200


class RenderedText(models.Model):
    """Markdown in `body`, its HTML in `body_html`, and the version of the renderer.

    The HTML is rendered when the text is saved; `manage.py rerender_markdown` renders it again after the renderer has
    changed.
    """

    HEADINGS_HAVE_ANCHORS: ClassVar[bool] = False

    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    body_renderer = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def safe_body(self) -> SafeString:
        """The stored HTML, for templates; only the renderer writes it."""
        return trusted_html(self.body_html)


def rendered_models() -> list[type[RenderedText]]:
    """Return all models of all apps that store HTML."""
    return [model for model in apps.get_models() if issubclass(model, RenderedText)]
