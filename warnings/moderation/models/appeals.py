"""Appeals against decisions."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from common.db.constraints import one_of
from moderation.choices import FLAGGER, AppealState
from moderation.models.cases import Case
from moderation.models.decisions import Decision


class Appeal(models.Model):
    """An appeal by the person concerned, or by a reader whose flag or notice was rejected; possible once each."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="appeals")
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="appeal")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="appeals"
    )
    role = models.CharField(max_length=20, help_text="As what they appeal: author, flagger or notifier.")
    text = models.TextField()
    state = models.CharField(max_length=20, choices=AppealState, default=AppealState.OPEN)
    answer = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("at", "id")
        constraints = (
            one_of("state", AppealState),
            models.UniqueConstraint(fields=["decision", "role", "by"], name="moderation_appeal_once"),
        )

    def __str__(self) -> str:
        return f"Appeal against “{self.decision}”"

    def get_absolute_url(self) -> str:
        """Return the URL of the outcome: the flag's page for the flagger, else the statement of reasons."""
        flag = self.decision.flags.filter(flagger=self.by).first() if self.role == FLAGGER and self.by else None
        if flag is not None:
            return reverse("own_flag", kwargs={"public_id": flag.public_id})
        return self.decision.get_absolute_url()
