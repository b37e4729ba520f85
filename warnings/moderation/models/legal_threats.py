"""Legal threats against the site."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from common.db.constraints import one_of
from moderation import querysets
from moderation.choices import LegalThreatKind


class LegalThreat(models.Model):
    """A record that somebody threatened the site, or its people, because of what it publishes.

    Records are added and never edited: a later event gets a new record. `sender` and `words` may name people, so only
    moderators can read them, and they are erased after `KEPT` (in the actions).
    """

    kind = models.CharField(max_length=10, choices=LegalThreatKind)
    received_on = models.DateField()
    sender = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=300, blank=True, help_text="The address of what it is about.")
    words = models.TextField(help_text="What they demand or threaten, and what was answered.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    objects = querysets.LegalThreatQuerySet.as_manager()

    class Meta:
        db_table = "moderation_threat"
        ordering = ("-received_on", "-id")
        constraints = (one_of("kind", LegalThreatKind, table="moderation_threat"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.received_on:%Y-%m-%d}"
