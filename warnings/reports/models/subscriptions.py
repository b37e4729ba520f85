"""Subscriptions, and the secret addresses of private feeds."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from directory.models import Marketplace, Tool
from reports import querysets
from reports.models.tags import Tag
from reports.models.warnings import Warning

WATCHED = ("warning", "tool", "tag", "marketplace")


class Subscription(models.Model):
    """A user's subscription to a warning, tool, tag or marketplace. Posts after `seen_at` are new to them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches")
    warning = models.ForeignKey(Warning, null=True, blank=True, on_delete=models.CASCADE, related_name="watches")
    tool = models.ForeignKey(Tool, null=True, blank=True, on_delete=models.CASCADE, related_name="watches")
    tag = models.ForeignKey(Tag, null=True, blank=True, on_delete=models.CASCADE, related_name="watches")
    marketplace = models.ForeignKey(
        Marketplace, null=True, blank=True, on_delete=models.CASCADE, related_name="watches"
    )
    created_at = models.DateTimeField(auto_now_add=True, db_column="began_at")
    seen_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.SubscriptionQuerySet.as_manager()

    class Meta:
        db_table = "reports_watch"
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(warning__isnull=False, tool__isnull=True, tag__isnull=True, marketplace__isnull=True)
                | Q(warning__isnull=True, tool__isnull=False, tag__isnull=True, marketplace__isnull=True)
                | Q(warning__isnull=True, tool__isnull=True, tag__isnull=False, marketplace__isnull=True)
                | Q(warning__isnull=True, tool__isnull=True, tag__isnull=True, marketplace__isnull=False),
                name="reports_watch_exactly_one_thing",
            ),
            *(models.UniqueConstraint(fields=["user", name], name=f"reports_watch_{name}_once") for name in WATCHED),
        )

    def __str__(self) -> str:
        return f"{self.user} watches {self.target}"

    @property
    def target(self) -> Warning | Tool | Tag | Marketplace:
        """The subscribed object."""
        found: Any = self.warning or self.tool or self.tag or self.marketplace
        return found  # type: ignore[no-any-return]


class FeedAddress(models.Model):
    """The secret part of a user's private feed address, stored as a hash."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed_address")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Feed of {self.user}"

    @staticmethod
    def hash_of(secret: str) -> str:
        """Return the stored hash of a secret; with 192 random bits, a plain hash is sufficient."""
        return hashlib.sha256(f"feed:{secret}".encode()).hexdigest()
