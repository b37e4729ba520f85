"""Notifications and their settings."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.choices import Digest, NotificationKind
from accounts.querysets import NotificationQuerySet, NotificationSettingsManager
from common.db.constraints import one_of


class Notification(models.Model):
    """A message from the site to a user. Another one with the same `key` increments `count` while it is unread."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=NotificationKind)
    key = models.CharField(max_length=100)
    text = models.CharField(max_length=300)
    address = models.CharField(max_length=300, help_text="A path of this site.")
    count = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        db_table = "accounts_notice"
        ordering = ("-at", "-id")
        constraints = (
            one_of("kind", NotificationKind, table="accounts_notice"),
            models.UniqueConstraint(
                fields=["recipient", "key"], condition=Q(read_at__isnull=True), name="accounts_notice_one_unread"
            ),
        )
        indexes = (models.Index(fields=["recipient", "-at", "-id"], name="accounts_notice_inbox"),)

    def __str__(self) -> str:
        return self.text


class NotificationSettings(models.Model):
    """Which notifications a user wants, on the site and by mail."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_settings")
    muted = models.JSONField(default=list, blank=True, help_text="Kinds of notices that are not wanted at all.")
    digest = models.CharField(max_length=10, choices=Digest, default=Digest.NEVER)
    not_mailed = models.JSONField(default=list, blank=True, help_text="Kinds that are kept out of the mail.")
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationSettingsManager()

    class Meta:
        db_table = "accounts_noticesettings"
        constraints = (one_of("digest", Digest, table="accounts_noticesettings"),)

    def __str__(self) -> str:
        return f"Notices of {self.user}"
