"""What administrators set."""

from django.db import models


class Announcement(models.Model):
    """A line that every page shows at its top, for as long as it is wanted."""

    text = models.CharField(max_length=300)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-begins_at", "-id")

    def __str__(self) -> str:
        return self.text
