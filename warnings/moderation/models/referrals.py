"""Referrals to law enforcement."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from moderation import querysets
from moderation.models.cases import Case


class Referral(models.Model):
    """A record that moderators reported a threat to a person's life or safety to an authority (DSA article 18).

    Records are added and never edited. `words` and `reference` may name people, so only moderators can read them, and
    they are erased after `KEPT` (in the actions).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals")
    authority = models.CharField(max_length=200)
    reference = models.CharField(max_length=120, blank=True)
    words = models.TextField(help_text="What they were told.")
    told_at = models.DateTimeField(help_text="When they were told.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    objects = querysets.ReferralQuerySet.as_manager()

    class Meta:
        db_table = "moderation_toldauthority"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.authority}, {self.told_at:%Y-%m-%d}"
