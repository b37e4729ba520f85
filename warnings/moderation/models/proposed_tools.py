"""Decisions on proposed tool names."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from directory.models import Tool


class Proposal(models.Model):
    """The decision on a proposed name: which tool in the directory it means, or none.

    `tool` is None for a dismissed name. `added` is set if the tool was added for the name, `remembered` if the name
    was added to the tool. `reports` and `warnings` are the keys of the posts linked to the tool, for undoing it.
    """

    folded = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=120)
    tool = models.ForeignKey(Tool, null=True, blank=True, on_delete=models.CASCADE, related_name="proposals")
    added = models.BooleanField(default=False)
    remembered = models.BooleanField(default=False)
    reports = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return self.name
