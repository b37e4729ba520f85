"""Revisions: the stored versions of a warning."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from directory.models.revisions import BaseRevision
from reports import querysets
from reports.models.text import LONGEST_TITLE
from reports.models.warnings import Warning


class Revision(BaseRevision):
    """A version of a warning's text, applied or suggested.

    `links` has the slugs of tools, tactics and marketplaces, and the names of tags. `connection` is what the author
    had declared at the time. A redacted revision stays in the history without its text.
    """

    warning = models.ForeignKey(Warning, on_delete=models.CASCADE, related_name="revisions")
    based_on = models.PositiveIntegerField(default=0, help_text="The version that the author had before them.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="revisions"
    )
    title = models.CharField(max_length=LONGEST_TITLE)
    summary = models.TextField()
    body = models.TextField()
    what_to_do = models.JSONField(default=list)
    links = models.JSONField(default=dict)
    comment = models.CharField(
        max_length=300, blank=True, help_text="What was changed and why, in the author's words."
    )
    connection = models.CharField(max_length=500, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.RevisionQuerySet.as_manager()

    class Meta(BaseRevision.Meta):
        constraints = (
            *BaseRevision.Meta.constraints,
            models.UniqueConstraint(fields=["warning", "number"], name="reports_revision_number_once"),
            models.CheckConstraint(
                condition=Q(redacted_at__isnull=True) | Q(title="", summary="", body=""),
                name="reports_revision_redacted_is_empty",
            ),
        )

        indexes = (
            # Suggestions are few among very many rows; the list of pending ones must not scan the table.
            models.Index(fields=["created_at"], condition=Q(state="suggested"), name="reports_revision_waiting"),
        )

    def __str__(self) -> str:
        return f"{self.warning}, version {self.number or 'suggested'}"

    @cached_property
    def author_unnamed(self) -> bool:
        """Whether the author's handle is hidden; `naming_authors` prefetches this for lists."""
        return self.warning.hides(self.author_id)
