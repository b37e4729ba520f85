"""The status history of a report, and the messages between its author and the moderators."""

from django.db import models

from common.db.constraints import one_of
from reports.choices import Status
from reports.models.reports import Report


class Step(models.Model):
    """A status change of a report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField(max_length=20, choices=Status)
    reason = models.TextField(blank=True)
    automatic = models.BooleanField(
        default=False, db_default=False, help_text="Whether the software did it: nobody waited for a moderator."
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (one_of("status", Status),)

    def __str__(self) -> str:
        return f"{self.report}: {self.status}"


class Message(models.Model):
    """A question from the moderators to a report's author, or the answer; visible only to them."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    by_moderators = models.BooleanField()
    body = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"Message on {self.report}"
