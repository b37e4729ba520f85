"""Rate limits that administrators have overridden."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ChosenLimit(models.Model):
    """An administrator's override of a default rate limit. `name` is the name of the limit."""

    name = models.CharField(max_length=60, unique=True)
    most = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(most__gte=0, most__lte=10_000), name="moderation_chosenlimit_in_range"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.most}"
