"""Drafts: reports that are being written."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.text.cleaning import normalise_line
from reports import querysets
from reports.models.text import LONGEST_TITLE


class Draft(models.Model):
    """An unsent report.

    It belongs to an account, or to the browser with the draft cookie, of which a hash is stored. `version` is
    incremented with each change to detect concurrent edits in two tabs. `public_id` becomes the report's submission
    key, so a draft submitted twice creates one report.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    browser_hash = models.CharField(max_length=64, blank=True, db_index=True)
    fields = models.JSONField(default=dict)
    size = models.PositiveIntegerField(default=0, help_text="Bytes of the fields as JSON.")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(owner__isnull=False, browser_hash="") | (Q(owner__isnull=True) & ~Q(browser_hash="")),
                name="reports_draft_of_account_or_browser",
            ),
        )

    def __str__(self) -> str:
        # A draft keeps more than the form takes.
        title = normalise_line(next(iter(self.fields.get("title") or []), "")[:LONGEST_TITLE])
        return title or "Untitled draft"
