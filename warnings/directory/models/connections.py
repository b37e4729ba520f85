"""Editors' connections to tools and their vendors."""

from django.conf import settings
from django.db import models

from directory import querysets
from directory.models.tools import Tool


class Connection(models.Model):
    """A user's declared connection to a tool or its vendor: working there, selling it, competing with it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="connections")
    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="connections")
    words = models.CharField(max_length=200, help_text="What the connection is, in the person's own words.")
    declared_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.ConnectionQuerySet.as_manager()

    class Meta:
        ordering = ("tool__name",)
        constraints = (models.UniqueConstraint(fields=["user", "tool"], name="directory_connection_once"),)

    def __str__(self) -> str:
        return f"{self.tool}: {self.words}"
