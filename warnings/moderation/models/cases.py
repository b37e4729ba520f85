"""Cases and saved filters of the review queue."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from common.db.constraints import one_of
from directory.models import EntryRevision, Source, ToolFeature
from moderation import querysets
from moderation.choices import CaseKind, CaseState
from moderation.spam import SPAM_THRESHOLD
from reports.models import Alarm, Comment, Report, Revision, Warning

SUBJECTS = ("warning", "report", "comment", "revision", "entry", "alarm", "fact", "source", "account")


class Case(models.Model):
    """An item that waits, or waited, for a moderator.

    `due_at` orders the queue, after legal notices: it is the deadline for the review, computed in `priority.py`
    and not updated as time passes. `key` identifies kind and subject, so that a subject has at most one open case of
    a kind. `claimed_by` has claimed the case until `claim_expires_at`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=CaseKind)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=300, blank=True)
    warning = models.ForeignKey(Warning, null=True, blank=True, on_delete=models.CASCADE, related_name="cases")
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.CASCADE, related_name="cases")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="cases")
    revision = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.CASCADE, related_name="cases")
    entry = models.ForeignKey(EntryRevision, null=True, blank=True, on_delete=models.CASCADE, related_name="cases")
    alarm = models.ForeignKey(Alarm, null=True, blank=True, on_delete=models.CASCADE, related_name="cases")
    fact = models.ForeignKey(ToolFeature, null=True, blank=True, on_delete=models.CASCADE, related_name="cases")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.CASCADE, related_name="cases")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="cases"
    )
    hints = models.JSONField(default=list, blank=True, help_text="What the site noticed; it decides nothing.")
    spam = models.FloatField(default=0, help_text="How much it looks like spam, from 0 to 1; only a hint.")
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="claims",
        db_column="leased_to_id",
    )
    claim_expires_at = models.DateTimeField(null=True, blank=True, db_column="leased_until")

    objects = querysets.CaseQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "id")
        constraints = (
            one_of("kind", CaseKind),
            one_of("state", CaseState),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state=CaseState.OPEN), name="moderation_case_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, closed_at__isnull=True)
                | Q(state=CaseState.CLOSED, closed_at__isnull=False),
                name="moderation_case_closed_has_date",
            ),
        )
        indexes = (
            models.Index(fields=["state", "due_at", "id"], name="moderation_case_queue"),
            models.Index(fields=["state", "kind", "due_at", "id"], name="moderation_case_kind"),
            models.Index(fields=["key"], name="moderation_case_key"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    def get_absolute_url(self) -> str:
        """Return the URL of the case's page."""
        return reverse("case", kwargs={"public_id": self.public_id})

    @property
    def looks_like_spam(self) -> bool:
        """Whether the spam score is high enough to lower the case in the queue; it decides nothing."""
        return self.spam >= SPAM_THRESHOLD

    @property
    def subject(self) -> Any:
        """The object of the case, or None. Appeals and statements have their own one-to-one relation to a case."""
        return next((found for name in SUBJECTS if (found := getattr(self, name)) is not None), None)


class SavedView(models.Model):
    """A filter of the queue that a moderator saved."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["user", "name"], name="moderation_savedview_once"),)

    def __str__(self) -> str:
        return self.name
