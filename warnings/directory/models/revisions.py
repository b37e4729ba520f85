"""Edits of the directory: the content of an entry before and after, the author and the comment."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.db.constraints import one_of
from directory import querysets
from directory.choices import EntryKind, RevisionState


class BaseRevision(models.Model):
    """What revisions of entries and of warnings have in common.

    `number` counts applied revisions; a suggestion has none. Subclasses have an `author` and their `connection`.
    """

    number = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=RevisionState, default=RevisionState.APPLIED)
    submission_key = models.CharField(max_length=40, blank=True, help_text="Sent twice with one key, it is one.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ("-created_at", "-id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            one_of("state", RevisionState),
            models.UniqueConstraint(
                fields=["author", "submission_key"],
                condition=~Q(submission_key=""),
                name="%(app_label)s_%(class)s_sent_once",
            ),
            models.CheckConstraint(
                condition=Q(state=RevisionState.APPLIED, number__isnull=False)
                | (~Q(state=RevisionState.APPLIED) & Q(number__isnull=True)),
                name="%(app_label)s_%(class)s_applied_has_number",
            ),
        )


class EntryRevision(BaseRevision):
    """An applied or suggested edit of a tool's texts, a fact, a tactic or a marketplace's rule.

    `key` identifies the entry: `dingtalk`, or `dingtalk/read-receipts` for a fact and `fiverr/reviews` for a rule.
    Version 0 is its content before the first edit.
    """

    kind = models.CharField(max_length=10, choices=EntryKind)
    key = models.CharField(max_length=170)
    before = models.JSONField()
    after = models.JSONField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="entry_revisions"
    )
    comment = models.CharField(max_length=300, help_text="What was changed and why, in the author's words.")
    connection = models.CharField(max_length=500, blank=True, help_text="What the author had declared by then.")

    objects = querysets.EntryRevisionQuerySet.as_manager()

    class Meta(BaseRevision.Meta):
        constraints = (
            *BaseRevision.Meta.constraints,
            one_of("kind", EntryKind),
            models.UniqueConstraint(fields=["kind", "key", "number"], name="directory_entryrevision_number_once"),
        )

        indexes = (
            models.Index(fields=["created_at"], condition=Q(state="suggested"), name="directory_entry_waiting"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}, version {self.number or 'suggested'}"
