"""The catalogue of abusive features."""

from django.db import models
from django.db.models import F, Q

from common.db.constraints import between, one_of
from directory import querysets
from directory.choices import FeatureFamily, Grade


class Feature(models.Model):
    """Something a tool can do to its user, with its harm and the defence against it.

    Features are never deleted: one that was split or renamed refers to its replacement.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    family = models.CharField(max_length=40, choices=FeatureFamily)
    summary = models.TextField()
    harm = models.TextField()
    defence = models.TextField()
    severity = models.PositiveSmallIntegerField()
    severity_reason = models.TextField()
    applies_to = models.JSONField(default=list, help_text="Kinds of tool that could have it; empty: every kind.")
    floor = models.CharField(max_length=1, choices=Grade, blank=True)
    floor_kinds = models.JSONField(default=list, help_text="Kinds of tool the floor holds for; empty: every kind.")
    floor_reason = models.TextField(blank=True)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_features"
    )

    objects = querysets.FeatureQuerySet.as_manager()

    class Meta:
        ordering = ("family", "-severity", "name")
        constraints = (
            one_of("family", FeatureFamily),
            one_of("floor", Grade, blank=True),
            between("severity", 1, 5),
            models.CheckConstraint(
                condition=Q(floor="") | ~Q(floor_reason=""), name="directory_feature_floor_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="directory_feature_not_replaced_by_itself",
            ),
        )

    def __str__(self) -> str:
        return self.name
