"""Evidence: pictures that support a report."""

import uuid

from django.db import models
from django.db.models import Q

from common.constraints import between, one_of
from reports.models.reports import Report
from reports.words import EvidenceKind, Status


class Evidence(models.Model):
    """A picture, re-encoded from its pixels; private until a moderator has published it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence")
    stored_name = models.CharField(max_length=120, unique=True, help_text="A random name of ours, never theirs.")
    media_type = models.CharField(max_length=20, choices=EvidenceKind)
    size = models.PositiveIntegerField(help_text="Bytes.")
    width = models.PositiveIntegerField(help_text="Pixels.")
    height = models.PositiveIntegerField(help_text="Pixels.")
    sha256 = models.CharField(max_length=64)
    alt_text = models.CharField(max_length=500, blank=True)
    blurred = models.BooleanField(default=False)
    status = models.CharField(max_length=20, choices=Status, default=Status.PENDING)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("position", "id")
        verbose_name_plural = "evidence"
        constraints = (
            one_of("media_type", EvidenceKind),
            one_of("status", Status),
            between("position", 0, 4),
            models.CheckConstraint(
                condition=Q(size__gt=0, width__gt=0, height__gt=0), name="reports_evidence_not_empty"
            ),
        )

    def __str__(self) -> str:
        return self.alt_text or self.stored_name
