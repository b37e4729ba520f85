"""Flags: readers' alerts about content."""

import uuid
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.db.constraints import one_of
from directory.models import Source
from moderation import querysets
from moderation.choices import FlagReason, FlagState
from moderation.models.decisions import Decision
from reports.models import Comment, Report, Warning

THINGS = ("warning", "report", "comment", "source")


class Flag(models.Model):
    """A reader's alert about a post or source. A flag without an account carries no weight."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    warning = models.ForeignKey(Warning, null=True, blank=True, on_delete=models.CASCADE, related_name="flags")
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.CASCADE, related_name="flags")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="flags")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.CASCADE, related_name="flags")
    flagger = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="flags"
    )
    reason = models.CharField(max_length=20, choices=FlagReason)
    detail = models.CharField(max_length=1_000, blank=True)
    state = models.CharField(max_length=20, choices=FlagState, default=FlagState.OPEN)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="flags")
    at = models.DateTimeField(auto_now_add=True)

    objects = querysets.FlagQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            one_of("reason", FlagReason),
            one_of("state", FlagState),
            models.CheckConstraint(
                condition=reduce(or_, (Q(**{f"{name}__isnull": name != one for name in THINGS}) for one in THINGS)),
                name="moderation_flag_exactly_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["flagger", name], condition=Q(state=FlagState.OPEN), name=f"moderation_flag_{name}_once"
                )
                for name in THINGS
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.target}"

    @property
    def target(self) -> Any:
        """The flagged post or source."""
        return self.warning or self.report or self.comment or self.source
