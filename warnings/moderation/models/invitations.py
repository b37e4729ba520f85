"""Invitations to become a moderator."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from moderation import querysets


class Invitation(models.Model):
    """A link that makes the first person to use it a moderator. Only a hash of its secret is stored."""

    token_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="moderation_invitation_ends"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="moderation_invitation_accepted_or_revoked",
            ),
        )

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @staticmethod
    def hash_of(token: str) -> str:
        """Return the hash under which a token is stored. A plain hash is safe: tokens have 256 random bits."""
        return hashlib.sha256(f"invitation:{token}".encode()).hexdigest()
