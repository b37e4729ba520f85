"""Evidence: images that support a report."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from common.db.constraints import between, one_of
from reports import evidence_tokens
from reports.choices import EvidenceKind
from reports.models.drafts import Draft
from reports.models.reports import Report


class Evidence(models.Model):
    """An image re-encoded from its pixels; private until a moderator publishes it.

    It belongs to a draft until that is submitted, then to the report.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence")
    draft = models.ForeignKey(Draft, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence")
    stored_name = models.CharField(max_length=120, unique=True, help_text="A random name of ours, never theirs.")
    media_type = models.CharField(max_length=20, choices=EvidenceKind)
    size = models.PositiveIntegerField(help_text="Bytes.")
    width = models.PositiveIntegerField(help_text="Pixels.")
    height = models.PositiveIntegerField(help_text="Pixels.")
    sha256 = models.CharField(max_length=64)
    alt_text = models.CharField(max_length=500, blank=True)
    blurred = models.BooleanField(default=False)
    published = models.BooleanField(default=False, help_text="Whether moderators let everybody see it.")
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("position", "id")
        verbose_name_plural = "evidence"
        constraints = (
            one_of("media_type", EvidenceKind),
            between("position", 0, 4),
            models.CheckConstraint(
                condition=Q(report__isnull=False, draft__isnull=True) | Q(report__isnull=True, draft__isnull=False),
                name="reports_evidence_of_report_or_draft",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0, width__gt=0, height__gt=0), name="reports_evidence_not_empty"
            ),
        )

    def __str__(self) -> str:
        return self.alt_text or self.stored_name

    @property
    def token(self) -> str:
        """What shows the image for an hour to a reporter without an account."""
        return evidence_tokens.token_for(self.public_id)


class ImageRedaction(models.Model):
    """A redaction of an image by a moderator; the original is retained for a while so that it can be restored.

    `before` and `after` are the image's fields around the redaction. `stored_name` is the file of the original; it is
    empty once the original was deleted or restored.
    """

    picture = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="coverings")
    areas = models.JSONField(help_text="Left, top, right, bottom, as shares of the whole.")
    before = models.JSONField()
    after = models.JSONField()
    stored_name = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "reports_covering"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"Redaction of {self.picture}"
