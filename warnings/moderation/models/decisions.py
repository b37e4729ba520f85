"""Decisions, and the reasons for them."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.urls import reverse
from django.utils import timezone

from common.db.constraints import one_of
from moderation import querysets
from moderation.choices import Act, Basis
from moderation.models.cases import Case
from reports.models import Report

# At least six months (DSA article 20(1)).
APPEALABLE_FOR = timedelta(days=183)


class Reason(models.Model):
    """A reason that moderators choose from a list: the rule it rests on, and the text for the person concerned.

    A retired reason is no longer offered, but decisions keep their link to it.
    """

    slug = models.SlugField(max_length=60, unique=True)
    label = models.CharField(max_length=120)
    text = models.TextField(help_text="What goes to the person concerned.")
    rule = models.CharField(max_length=120, blank=True, help_text="The part of the guidelines, or the law.")
    acts = models.JSONField(default=list, help_text="What it can be a reason for.")
    kinds = models.JSONField(
        default=list,
        db_default=Value([], output_field=models.JSONField()),
        blank=True,
        help_text="The kinds of cases that it is only for; all if empty.",
    )
    retired = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=100)

    objects = querysets.ReasonQuerySet.as_manager()

    class Meta:
        ordering = ("position", "label")

    def __str__(self) -> str:
        return self.label


class Decision(models.Model):
    """What was decided, by whom and why, with the data needed to undo it.

    `before` and `after` contain the states of the changed objects, `moved` the keys that a merge moved, and `sealed`
    the removed passages, encrypted with the site's key and deleted after a while. `public_reason` is for the person
    concerned, and `note` for moderators only. `person` is the person concerned; the tracking page of `report` shows
    the decision too. Decisions that were made together in bulk have the same `batch`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    kind = models.CharField(max_length=20, help_text="The kind of its case.")
    act = models.CharField(max_length=20, choices=Act)
    basis = models.CharField(max_length=20, choices=Basis, default=Basis.OWN)
    automatic = models.BooleanField(default=False, help_text="Whether a rule of the software did it.")
    reason = models.ForeignKey(Reason, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    title = models.CharField(max_length=300, blank=True, help_text="What it was about.")
    address = models.CharField(max_length=300, blank=True, help_text="Where that stands, if it is public.")
    public_reason = models.TextField(blank=True, db_column="told")
    note = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="concerned_by"
    )
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    moved = models.JSONField(default=dict, blank=True)
    sealed = models.TextField(blank=True)
    opened_at = models.DateTimeField(default=timezone.now, help_text="When its case was opened.")
    at = models.DateTimeField(default=timezone.now)
    batch = models.UUIDField(null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_note = models.TextField(blank=True)

    objects = querysets.DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        constraints = (one_of("act", Act), one_of("basis", Basis))
        indexes = (
            models.Index(fields=["-at", "-id"], name="moderation_decision_newest"),
            models.Index(fields=["person", "-at"], name="moderation_decision_person"),
        )

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.title}"

    def get_absolute_url(self) -> str:
        """Return the URL of the statement of reasons."""
        return reverse("decision", kwargs={"public_id": self.public_id})

    @property
    def voided(self) -> dict[int, list[int]]:
        """The keys of the votes that the decision voided, by the key of their voter."""
        return {int(key): votes for key, votes in self.moved.get("voided", {}).items()}

    def concerns(self, person: Any) -> bool:
        """Return whether a person is entitled to the statement of reasons."""
        return person.pk is not None and (self.person_id == person.pk or person.pk in self.voided)

    @property
    def appealable_until(self) -> datetime:
        """The deadline for an appeal by the person concerned."""
        return self.at + APPEALABLE_FOR
