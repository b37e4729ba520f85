"""The warning: the article, one subject and many voices."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from taggit.managers import TaggableManager

from common.db.constraints import one_of
from directory.models import Citation, Marketplace, Source, Tactic, Tool
from reports import querysets
from reports.choices import Status
from reports.models.tags import TaggedWarning
from reports.models.text import LONGEST_TITLE, RenderedText


class Warning(RenderedText):  # type: ignore[django-manager-missing]  # taggit's manager is untyped
    """A warning about one subject, with reports, comments and votes.

    `author` is null for founding warnings and anonymous authors. Actions update the counters in the transaction that
    changes what they count. `version` is incremented with each applied edit, to detect edits of older versions.
    """

    HEADINGS_HAVE_ANCHORS = True

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    summary = models.TextField()
    what_to_do = models.JSONField(default=list)
    status = models.CharField(max_length=20, choices=Status, default=Status.PENDING)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="warnings"
    )
    founding = models.BooleanField(
        default=False, help_text="Came with the starter catalogue; its voices have no account."
    )
    tools = models.ManyToManyField(Tool, related_name="warnings", blank=True)
    tactics = models.ManyToManyField(Tactic, related_name="warnings", blank=True)
    marketplaces = models.ManyToManyField(Marketplace, related_name="warnings", blank=True)
    tags = TaggableManager(through=TaggedWarning, blank=True)
    sources = models.ManyToManyField(Source, through="WarningCitation", related_name="warnings")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    version = models.PositiveIntegerField(default=1)
    disputed = models.BooleanField(default=False, help_text="A named party contests it and it is being checked.")
    locked = models.BooleanField(default=False, help_text="Closed to edits, reports and comments.")
    vote_count = models.PositiveIntegerField(default=0)
    standing_votes = models.PositiveIntegerField(default=0, help_text="Of those, by people with standing.")
    participants = models.PositiveIntegerField(default=0, help_text="People with standing who took part.")
    comment_count = models.PositiveIntegerField(default=0)
    report_count = models.PositiveIntegerField(default=0)
    recent_reporters = models.PositiveIntegerField(
        default=0, help_text="Independent reporters whose report is of the last twelve months."
    )
    helpfulness = models.FloatField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.WarningQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-id")
        constraints = (
            one_of("status", Status),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="reports_warning_published_has_date",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.MERGED, merged_into__isnull=False)
                | (~Q(status=Status.MERGED) & Q(merged_into__isnull=True)),
                name="reports_warning_merged_says_where",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="reports_warning_not_merged_into_itself",
            ),
        )
        indexes = (
            models.Index(fields=["status", "-published_at", "-id"], name="reports_warning_newest"),
            models.Index(fields=["status", "-helpfulness", "-id"], name="reports_warning_helpful"),
            models.Index(fields=["status", "-recent_reporters", "-id"], name="reports_warning_reported"),
        )

    def get_absolute_url(self) -> str:
        """Return the address of the warning's page."""
        return reverse("warning", kwargs={"slug": self.slug})

    def hides(self, person: int | None) -> bool:
        """Return whether a user, by primary key, hid their handle in a report here or on the merge target."""
        here = [key for key in (self.pk, self.merged_into_id) if key is not None]
        return person is not None and Warning.objects.filter(pk__in=here).reported_unnamed_by(person).exists()

    @cached_property
    def author_unnamed(self) -> bool:
        """Whether the author's handle is hidden."""
        return self.hides(self.author_id)

    def __str__(self) -> str:
        return self.title


class WarningCitation(Citation):
    """A source for the claims of a warning."""

    warning = models.ForeignKey(Warning, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (models.UniqueConstraint(fields=["warning", "source"], name="reports_warningcitation_once"),)
