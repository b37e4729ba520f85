"""Save changed texts of posts, with their rendered HTML, and send the signals for index and queue."""

from collections.abc import Mapping
from typing import Any

from reports.actions import warnings
from reports.models import Comment, Report, Revision, Warning
from reports.models.text import RenderedText
from reports.signals import post_submitted, posts_changed


def save_text(row: Any, texts: Mapping[str, Any], *, decided: bool = False) -> None:
    """Save texts of a post by field name, rendering Markdown. Raises MarkdownError.

    `decided` is true inside a decision that sets the status as well, which the queue hears of: with its old status,
    the post would seem to wait again.
    """
    fields = dict(texts)
    if isinstance(row, RenderedText) and "body" in fields:
        fields |= warnings.rendered(fields["body"], type(row))
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    if isinstance(row, Report | Comment | Revision) and not decided:
        post_submitted.send(sender=type(row), post=row)
    if isinstance(row, Warning | Report | Comment):
        posts_changed.send(sender=type(row), keys=[row.pk])
