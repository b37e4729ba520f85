"""Models of the search index; the full text is in a table or column specific to the database."""

from django.db import models

from common.db.constraints import one_of
from search.kinds import Kind
from search.querysets import IndexedDocumentQuerySet, IndexStateQuerySet


class IndexedDocument(models.Model):
    """An indexed document, whose text is in the full-text index under `place`.

    `place` orders all documents by static quality, so that the best ones for a common word are found without ranking
    every document that has it (see `rank_key_of`). `tier` is 0 for the best documents, 1 for the next and 2 for the
    rest; PostgreSQL has an index for each.
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
    """The state of the index, a single row.

    `names_token` changes with each change of a name and makes processes reload the names. `tier_starts` are the
    lowest places of tiers 0 and 1, for each half of `search.index.rank_key`.
    """

    names_token = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField(default=0)
    tier_starts = models.JSONField(default=list)

    objects = IndexStateQuerySet.as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="search_state_is_one"),)

    def __str__(self) -> str:
        return f"index version {self.version}"
