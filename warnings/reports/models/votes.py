"""Votes: "this helps", and alarms about votes."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.db.constraints import one_of
from reports import querysets
from reports.choices import AlarmKind, VoidReason
from reports.models.comments import Comment
from reports.models.warnings import Warning


class Vote(models.Model):
    """A user's vote for a warning or comment. A voided vote is kept and does not count.

    `standing` says whether the vote affects sorting; it follows the voter's trust level.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="votes")
    warning = models.ForeignKey(Warning, null=True, blank=True, on_delete=models.CASCADE, related_name="votes")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="votes")
    created_at = models.DateTimeField(auto_now_add=True)
    standing = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=20, choices=VoidReason, blank=True)

    objects = querysets.VoteQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(warning__isnull=False, comment__isnull=True)
                | Q(warning__isnull=True, comment__isnull=False),
                name="reports_vote_exactly_one_thing",
            ),
            one_of("void_reason", VoidReason, blank=True),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="reports_vote_voided_has_reason",
            ),
            models.UniqueConstraint(fields=["user", "warning"], name="reports_vote_once_per_warning"),
            models.UniqueConstraint(fields=["user", "comment"], name="reports_vote_once_per_comment"),
        )

        indexes = (
            models.Index(fields=["warning", "created_at"], name="reports_vote_of_warning"),
            models.Index(fields=["comment", "created_at"], name="reports_vote_of_comment"),
            models.Index(fields=["created_at"], name="reports_vote_recent"),
        )

    def __str__(self) -> str:
        return f"Vote of {self.user}"

    @property
    def post(self) -> Warning | Comment:
        """The post the vote is for."""
        found: Any = self.warning or self.comment
        return found  # type: ignore[no-any-return]


class Alarm(models.Model):
    """Votes that do not look independent, for moderators to review. An alarm has no effect by itself.

    `key` identifies the pattern, so that it is raised once; `evidence` has handles and times.
    """

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=AlarmKind)
    warning = models.ForeignKey(Warning, null=True, blank=True, on_delete=models.CASCADE, related_name="alarms")
    evidence = models.JSONField(default=dict)
    raised_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("raised_at", "id")
        constraints = (one_of("kind", AlarmKind),)

    def __str__(self) -> str:
        return self.key
