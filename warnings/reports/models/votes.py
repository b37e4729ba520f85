"""Votes: "this helps"."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reports.models.comments import Comment
from reports.models.warnings import Warning


class Vote(models.Model):
    """One person's upvote on one warning or one comment. A voided vote stays and does not count."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="votes")
    warning = models.ForeignKey(Warning, null=True, blank=True, on_delete=models.CASCADE, related_name="votes")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="votes")
    created_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(warning__isnull=False, comment__isnull=True)
                | Q(warning__isnull=True, comment__isnull=False),
                name="reports_vote_exactly_one_thing",
            ),
            models.UniqueConstraint(fields=["user", "warning"], name="reports_vote_once_per_warning"),
            models.UniqueConstraint(fields=["user", "comment"], name="reports_vote_once_per_comment"),
        )

    def __str__(self) -> str:
        return f"Vote of {self.user}"
