"""Vendors' statements, shown beside the posts and facts about their tools."""

import uuid

from django.db import models
from django.db.models import Q

from common.db.constraints import one_of
from directory.models import Tool
from moderation.choices import StatementState
from moderation.models.cases import Case
from reports.models.text import RenderedText


class Statement(RenderedText):
    """A vendor's statement on its tool; a mail or a file proves that the speaker represents the domain.

    The email address is deleted once the domain is verified. A tool shows at most one statement at a time.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="statements")
    case = models.OneToOneField(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="statement")
    speaker = models.CharField(max_length=120, help_text="Who speaks for the vendor, as it is shown.")
    domain = models.CharField(max_length=253)
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    proof = models.CharField(max_length=20, blank=True, help_text="How the domain was proved: mail or file.")
    state = models.CharField(max_length=20, choices=StatementState, default=StatementState.UNVERIFIED)
    at = models.DateTimeField(auto_now_add=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            one_of("state", StatementState),
            models.UniqueConstraint(
                fields=["tool"], condition=Q(state=StatementState.PUBLISHED), name="moderation_statement_one_shown"
            ),
        )

    def __str__(self) -> str:
        return f"Statement of {self.speaker} on {self.tool}"
