"""Tables of the search index; the full text is in a table or column of the database's own."""

from django.db import models

from common.db.constraints import one_of
from search.kinds import Kind
from search.querysets import IndexedDocumentQuerySet, IndexStateQuerySet


class IndexedDocument(models.Model):
    """One thing that can be found. What it says is in the full-text index under `place`.

    `place` orders all documents by static quality, so that the best ones for a common word are found without
    ranking every document that has it (see `place_of`). `tier` is 0 for the best documents, 1 for the next, 2 for
    the rest; PostgreSQL has an index for each.
    """

    kind = models.CharField(max_length=20, choices=Kind)
    key = models.BigIntegerField()
    parent = models.BigIntegerField(null=True, blank=True)
    head = models.TextField()
    digest = models.CharField(max_length=24)
    place = models.BigIntegerField(unique=True)
    tier = models.PositiveSmallIntegerField(default=0)

    objects = IndexedDocumentQuerySet.as_manager()

    class Meta:
        constraints = (
            one_of("kind", Kind),
            models.UniqueConstraint(fields=["kind", "key"], name="search_document_once"),
        )
        indexes = (models.Index(fields=["parent"], name="search_document_below"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class IndexState(models.Model):
    """What the index as a whole has to remember: one row.

    `names_token` is another one after each change of a name, and tells processes to read the names again.
    `tier_starts` are the lowest places of tiers 0 and 1, for each of the halves of `search.index.rank_key`.
    """

    names_token = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField(default=0)
    tier_starts = models.JSONField(default=list)

    objects = IndexStateQuerySet.as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="search_state_is_one"),)

    def __str__(self) -> str:
        return f"index version {self.version}"
