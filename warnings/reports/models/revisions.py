"""Revisions: the stored versions of a warning."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from common.db.constraints import one_of
from reports import querysets
from reports.choices import RevisionState
from reports.models.warnings import Warning


class Revision(models.Model):
    """A version of a warning's text, applied or suggested.

    `number` counts applied revisions; a suggestion has none. `links` has the slugs of tools, tactics and
    marketplaces, and the names of tags. `connection` is what the author had declared at the time. A redacted revision
    stays in the history without its text.
    """

    warning = models.ForeignKey(Warning, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(null=True, blank=True)
    based_on = models.PositiveIntegerField(default=0, help_text="The version that the author had before them.")
    state = models.CharField(max_length=20, choices=RevisionState, default=RevisionState.APPLIED)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="revisions"
    )
    title = models.CharField(max_length=200)
    summary = models.TextField()
    body = models.TextField()
    what_to_do = models.JSONField(default=list)
    links = models.JSONField(default=dict)
    comment = models.CharField(
        max_length=300, blank=True, help_text="What was changed and why, in the author's words."
    )
    connection = models.CharField(max_length=500, blank=True)
    submission_key = models.CharField(max_length=40, blank=True, help_text="Sent twice with one key, it is one.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    redacted_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.RevisionQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            one_of("state", RevisionState),
            models.UniqueConstraint(fields=["warning", "number"], name="reports_revision_number_once"),
            models.UniqueConstraint(
                fields=["author", "submission_key"],
                condition=~Q(submission_key=""),
                name="reports_revision_sent_once",
            ),
            models.CheckConstraint(
                condition=Q(state=RevisionState.APPLIED, number__isnull=False)
                | (~Q(state=RevisionState.APPLIED) & Q(number__isnull=True)),
                name="reports_revision_applied_has_number",
            ),
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
