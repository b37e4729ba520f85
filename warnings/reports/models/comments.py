"""Comments: the discussion under a warning."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from common.db.constraints import one_of
from reports import querysets
from reports.choices import Stance, Status
from reports.models.text import RenderedText
from reports.models.warnings import Warning


class Comment(RenderedText):
    """A comment on a warning. `parent` is set for replies, which cannot be replied to: there are two levels.

    `voice` is set for the founding discussion, which belongs to no account and is shown without a name. A deleted
    comment with replies is kept without its text.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    warning = models.ForeignKey(Warning, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers")
    level = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="comments"
    )
    voice = models.CharField(max_length=40, blank=True)
    stance = models.CharField(max_length=20, choices=Stance, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.PENDING)
    submission_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    hints = models.JSONField(default=list, blank=True, help_text="What the site noticed, for moderators.")
    vote_count = models.PositiveIntegerField(default=0)
    standing_votes = models.PositiveIntegerField(default=0, help_text="Of those, by people with standing.")
    participants = models.PositiveIntegerField(default=0, help_text="People with standing who took part.")
    helpfulness = models.FloatField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.CommentQuerySet.as_manager()

    class Meta:
        ordering = ("published_at", "id")
        constraints = (
            one_of("stance", Stance),
            one_of("status", Status),
            models.CheckConstraint(
                condition=Q(level=0, parent__isnull=True) | Q(level=1, parent__isnull=False),
                name="reports_comment_two_levels",
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(voice=""), name="reports_comment_account_or_voice"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="reports_comment_published_has_date",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(body="", body_html=""),
                name="reports_comment_deleted_is_empty",
            ),
        )
        indexes = (
            models.Index(fields=["warning", "status", "published_at"], name="reports_comment_thread"),
            models.Index(fields=["warning", "status", "-helpfulness", "-id"], name="reports_comment_helpful"),
            # Most comments answer none, so the index of the foreign key looks useless to SQLite.
            models.Index(
                fields=["parent", "status", "published_at"],
                condition=Q(parent__isnull=False),
                name="reports_comment_answers",
            ),
        )

    def get_absolute_url(self) -> str:
        """Return the comment's permalink; the view finds the page of the discussion."""
        return reverse("comment", kwargs={"public_id": self.public_id})

    def __str__(self) -> str:
        return f"Comment on {self.warning}"


class DeletedComment(models.Model):
    """Where a published comment stood that was deleted, so that links to it lead to its warning."""

    public_id = models.UUIDField(primary_key=True, editable=False)
    warning = models.ForeignKey(Warning, on_delete=models.CASCADE, related_name="deleted_comments")

    def __str__(self) -> str:
        return f"A deleted comment on {self.warning}"
