"""Tactics of buyers and platforms, and replies to them."""

from django.db import models
from django.db.models import Q

from common.db.constraints import between, one_of
from directory import querysets
from directory.choices import TacticFamily
from directory.models.marketplaces import Marketplace
from directory.models.sources import Citation, Source


class Tactic(models.Model):
    """A scam or a form of pressure that freelancers meet, with its signs, its phrases and what to do."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    family = models.CharField(max_length=40, choices=TacticFamily)
    summary = models.TextField()
    how_it_works = models.JSONField(default=list)
    signs = models.JSONField(default=list)
    phrases = models.JSONField(default=list)
    what_to_do = models.JSONField(default=list)
    severity = models.PositiveSmallIntegerField()
    severity_reason = models.TextField()
    checked_on = models.DateField(null=True, blank=True)
    sources = models.ManyToManyField(Source, through="TacticCitation", related_name="tactics")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.TacticQuerySet.as_manager()

    class Meta:
        ordering = ("-severity", "name")
        constraints = (one_of("family", TacticFamily), between("severity", 1, 5))

    def __str__(self) -> str:
        return self.name


class TacticName(models.Model):
    """Another name for a tactic."""

    tactic = models.ForeignKey(Tactic, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=120)
    folded = models.CharField(max_length=200, db_index=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["tactic", "folded"], name="directory_tacticname_once_per_tactic"),
            models.CheckConstraint(condition=~Q(folded=""), name="directory_tacticname_not_empty"),
        )

    def __str__(self) -> str:
        return self.text


class TacticCitation(Citation):
    """A source for information on a tactic."""

    tactic = models.ForeignKey(Tactic, on_delete=models.CASCADE, related_name="citations")

    class Meta(Citation.Meta):
        constraints = (models.UniqueConstraint(fields=["tactic", "source"], name="directory_tacticcitation_once"),)


class ReadyReply(models.Model):
    """A canned reply to a tactic, for any marketplace or for one."""

    tactic = models.ForeignKey(Tactic, on_delete=models.CASCADE, related_name="replies")
    marketplace = models.ForeignKey(
        Marketplace, null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    text = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["tactic", "marketplace"], name="directory_readyreply_once"),
            models.UniqueConstraint(
                fields=["tactic"], condition=Q(marketplace__isnull=True), name="directory_readyreply_one_general"
            ),
        )

    def __str__(self) -> str:
        return f"Reply to {self.tactic}"
