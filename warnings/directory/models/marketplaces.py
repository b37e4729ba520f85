"""Marketplaces: their rules, how to report users, and where to dispute."""

from django.db import models

from common.db.constraints import one_of
from directory import querysets
from directory.choices import RuleTopic
from directory.models.sources import Citation, Source


class Marketplace(models.Model):
    """A platform where freelancers find work. `trigger_words` are blocked by its message filter."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=200, db_index=True)
    report_how = models.JSONField(default=list)
    report_url = models.URLField(max_length=2_000, blank=True)
    report_url_confirmed = models.BooleanField(default=False)
    dispute_url = models.URLField(max_length=2_000, blank=True)
    dispute_url_confirmed = models.BooleanField(default=False)
    protections = models.JSONField(default=list)
    trigger_words = models.JSONField(default=list)
    conversion_fee = models.TextField(blank=True)
    checked_on = models.DateField(null=True, blank=True)
    sources = models.ManyToManyField(Source, through="MarketplaceCitation", related_name="marketplaces")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.MarketplaceQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class MarketplaceDomain(models.Model):
    """A domain of a marketplace."""

    marketplace = models.ForeignKey(Marketplace, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.domain


class CitationSubject(models.TextChoices):
    """What a source of a marketplace is cited for."""

    GENERAL = "general", "In general"
    CONVERSION_FEE = "conversion-fee", "The conversion fee"


class MarketplaceCitation(Citation):
    """A source for information on a marketplace."""

    marketplace = models.ForeignKey(Marketplace, on_delete=models.CASCADE, related_name="citations")
    subject = models.CharField(max_length=20, choices=CitationSubject, default=CitationSubject.GENERAL)

    class Meta(Citation.Meta):
        constraints = (
            one_of("subject", CitationSubject),
            models.UniqueConstraint(
                fields=["marketplace", "subject", "source"], name="directory_marketplacecitation_once"
            ),
        )


class MarketplaceRule(models.Model):
    """A marketplace's rule on one topic."""

    marketplace = models.ForeignKey(Marketplace, on_delete=models.CASCADE, related_name="rules")
    topic = models.CharField(max_length=40, choices=RuleTopic)
    rule = models.TextField()
    exceptions = models.TextField(blank=True)
    consequence = models.TextField(blank=True)
    reviewed = models.BooleanField(default=False)
    checked_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    sources = models.ManyToManyField(Source, through="RuleCitation", related_name="marketplace_rules")

    class Meta:
        ordering = ("position",)
        constraints = (
            one_of("topic", RuleTopic),
            models.UniqueConstraint(fields=["marketplace", "topic"], name="directory_marketplacerule_once_per_topic"),
        )

    def __str__(self) -> str:
        return f"{self.marketplace}: {self.get_topic_display()}"


class RuleCitation(Citation):
    """A source for a marketplace's rule."""

    rule = models.ForeignKey(MarketplaceRule, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (models.UniqueConstraint(fields=["rule", "source"], name="directory_rulecitation_once"),)
