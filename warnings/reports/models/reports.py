"""Reports: first-hand accounts attached to a warning."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from common.db.constraints import one_of
from directory.models import Marketplace, Tactic, Tool
from reports import querysets
from reports.choices import Outcome, Status
from reports.models.text import RenderedText
from reports.models.warnings import Warning
from reports.workflow import OPEN


class Report(RenderedText):
    """One person's account: "it happened to me". The text may be empty for a one-tap report.

    An anonymous report has no author; only the hash of its tracking code is stored. `unnamed` hides the author's
    handle and applies to all their reports on the warning. `happened_in` is the first day of the month.
    `submission_key` and `sent_as` make submissions idempotent.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    warning = models.ForeignKey(Warning, on_delete=models.CASCADE, related_name="reports")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    unnamed = models.BooleanField(
        default=False, db_default=False, help_text="Whether its author's handle is left out, here and on its warning."
    )
    founding = models.BooleanField(default=False)
    tracking_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    submission_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    sent_as = models.CharField(
        max_length=64,
        blank=True,
        default="",
        db_default="",
        help_text="A keyed hash of all that was sent under its key.",
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.PENDING)
    happened_in = models.DateField(null=True, blank=True)
    marketplace = models.ForeignKey(
        Marketplace, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    tools = models.ManyToManyField(Tool, related_name="reports", blank=True)
    tactics = models.ManyToManyField(Tactic, related_name="reports", blank=True)
    proposed_tool = models.CharField(max_length=120, blank=True, help_text="A tool that is not in the directory yet.")
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.NOT_STATED)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    hints = models.JSONField(
        default=list, help_text="What the site noticed, for moderators: personal data left in, no proof of work."
    )
    remarks = models.JSONField(default=dict, help_text="What moderators ask to be changed, by field of the form.")
    notify = models.BooleanField(default=False, help_text="Whether the author wants mail when something happens.")
    news = models.BooleanField(default=False, help_text="Whether there is something the author has not seen yet.")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)

    held_until = models.DateField(null=True, blank=True, help_text="Pictures are kept so long for an authority.")

    objects = querysets.ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-happened_in", "-id")
        constraints = (
            one_of("status", Status),
            one_of("outcome", Outcome),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="reports_report_published_has_date",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="") | (Q(amount__gte=0) & ~Q(currency="")),
                name="reports_report_amount_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=True) | Q(tracking_hash__isnull=True),
                name="reports_report_account_or_tracking_code",
            ),
        )
        indexes = (
            models.Index(fields=["warning", "status", "-happened_in"], name="reports_report_timeline"),
            models.Index(fields=["id"], condition=~Q(proposed_tool=""), name="reports_report_proposing"),
        )

    def get_absolute_url(self) -> str:
        """Return the report's address on its warning's page."""
        return f"{self.warning.get_absolute_url()}#report-{self.public_id}"

    @property
    def shown_pictures(self) -> list[Any]:
        """The published images, visible to everyone if the report is published."""
        return [picture for picture in self.evidence.all() if picture.published]

    @property
    def kept_pictures(self) -> list[Any]:
        """The unpublished images, visible only to the author and moderators."""
        return [picture for picture in self.evidence.all() if not picture.published]

    @cached_property
    def author_unnamed(self) -> bool:
        """Whether the author's handle is hidden."""
        return self.unnamed or self.warning.hides(self.author_id)

    @property
    def began_its_warning(self) -> bool:
        """Whether this is the first report on its warning."""
        return not self.warning.reports.filter(pk__lt=self.pk).exists()

    @property
    def carries_its_warning(self) -> bool:
        """Whether this report started its warning, which is still pending and is corrected with it."""
        same = self.warning.author_id == self.author_id
        return self.warning.status in OPEN and same and self.began_its_warning

    def __str__(self) -> str:
        return f"Report on {self.warning}"
