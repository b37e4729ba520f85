"""Legal notices (DSA article 16)."""

import uuid

from django.db import models

from common.db.constraints import one_of
from moderation.choices import NoticeGround
from moderation.models.cases import Case
from moderation.models.decisions import Decision
from reports.models import Comment, Report, Warning


class LegalNotice(models.Model):
    """A legal notice, looked up by a code that is stored as a hash.

    The sender's name and address are erased some time after the decision.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, unique=True)
    submission_key = models.CharField(max_length=64, unique=True)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="notice")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices")
    url = models.CharField(max_length=500)
    warning = models.ForeignKey(Warning, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices")
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices")
    ground = models.CharField(max_length=20, choices=NoticeGround)
    explanation = models.TextField()
    law = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (one_of("ground", NoticeGround),)

    def __str__(self) -> str:
        return f"{self.get_ground_display()}: {self.url}"

    @property
    def is_resolved(self) -> bool:
        """Whether the notice has a decision that was not undone."""
        return self.decision is not None and self.decision.undone_at is None
