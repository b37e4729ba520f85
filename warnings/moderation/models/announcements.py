"""Announcements at the top of each page."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from common.db.constraints import one_of
from moderation import querysets
from moderation.choices import AnnouncementLevel


class Announcement(models.Model):
    """A short plain-text message for all visitors, shown for a period of time, optionally with a link."""

    text = models.CharField(max_length=300)
    link = models.CharField(max_length=500, blank=True, help_text="A path of this site, or a web address.")
    link_words = models.CharField(max_length=80, blank=True)
    level = models.CharField(max_length=10, choices=AnnouncementLevel, default=AnnouncementLevel.INFO)
    begins_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = querysets.AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ("-begins_at", "-id")
        constraints = (
            one_of("level", AnnouncementLevel),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("begins_at")), name="moderation_announcement_ends"
            ),
        )

    def __str__(self) -> str:
        return self.text

    def is_shown(self, now: datetime) -> bool:
        """Return whether the announcement is shown at a given time."""
        return self.withdrawn_at is None and self.begins_at <= now and not self.is_over(now)

    def is_over(self, now: datetime) -> bool:
        """Return whether the announcement has ended."""
        return self.ends_at is not None and self.ends_at <= now
