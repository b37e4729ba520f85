"""Numbers of published posts, so that no page counts them."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from common.db.constraints import one_of
from reports import querysets
from reports.choices import CountKind
from reports.models.tags import TaggedWarning
from reports.models.warnings import Warning


class PublishedCount(models.Model):
    """A summand of a number: of all published warnings or reports, or of the published warnings about an entry.

    Triggers add 1 or -1 in the transaction of the change (`reports/count_triggers.py`): rows are only inserted, so
    nobody waits for anybody else's. An hourly job adds them up. `key` is the primary key of the entry, or 0.
    """

    kind = models.CharField(max_length=20, choices=CountKind)
    key = models.PositiveBigIntegerField(default=0)
    number = models.IntegerField()

    objects = querysets.PublishedCountQuerySet.as_manager()

    class Meta:
        constraints = (one_of("kind", CountKind),)
        indexes = (models.Index(fields=["kind", "key", "number"], name="reports_count_by_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.number:+}"


@dataclass(frozen=True)
class Link:
    """A table that links warnings to entries, and its columns for both."""

    model: Any
    warning: str
    entry: str

    @property
    def table(self) -> str:
        """The name of the table."""
        return str(self.model._meta.db_table)


LINKS = {
    CountKind.TOOL: Link(Warning.tools.through, "warning_id", "tool_id"),
    CountKind.TACTIC: Link(Warning.tactics.through, "warning_id", "tactic_id"),
    CountKind.MARKETPLACE: Link(Warning.marketplaces.through, "warning_id", "marketplace_id"),
    CountKind.TAG: Link(TaggedWarning, "content_object_id", "tag_id"),
}
"""The links whose warnings are counted, by the kind of the count."""
