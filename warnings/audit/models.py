"""The append-only audit log."""

from typing import Any, NoReturn

from django.db import models

from audit.querysets import EntryQuerySet


class Name(models.Model):
    """The name of an actor in the log, stored apart so that it can be removed without breaking the chain.

    Rows are never deleted, and only `audit.log.forget_name` changes one.
    """

    text = models.CharField(max_length=80, unique=True)
    proof = models.CharField(
        max_length=80, help_text="Signed with the site's key: who has only the database renames nobody."
    )

    def __str__(self) -> str:
        return self.text


class Entry(models.Model):
    """One thing that happened: who, what, to what, why. Written once, never changed.

    `actor` is a role (`system`, `anonymous`) or the number of a name. `digest` is the hash over the entry and the
    digest before it, so that a changed, removed or reordered entry breaks the chain. The entry outlives what it
    speaks of.
    """

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=80)
    target = models.CharField(max_length=300)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("seq",)
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.seq} {self.actor} {self.verb} {self.target}"

    @property
    def who(self) -> str:
        """Who did it, as they are called now."""
        if not self.actor.startswith("#"):
            return self.actor
        return str(Name.objects.get(pk=int(self.actor[1:])))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: an entry is never taken back, a later one explains it."""
        raise TypeError("Audit entries are append-only.")


class Head(models.Model):
    """The published last entry of a day: a copy of it proves later changes to earlier entries."""

    day = models.DateField(unique=True)
    seq = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day}: {self.seq} {self.digest}"
