"""The append-only audit log."""

from typing import Any, NoReturn

from django.db import models

from audit.querysets import EntryQuerySet


class Name(models.Model):
    """The name of an actor in the log, stored separately so that it can be removed without breaking the chain.

    Rows are never deleted, and only `audit.log.erase_name` changes them.
    """

    text = models.CharField(max_length=80, unique=True)
    proof = models.CharField(
        max_length=80, help_text="Signed with the site's key: who has only the database renames nobody."
    )

    def __str__(self) -> str:
        return self.text


class Entry(models.Model):
    """An entry of the audit log, written once and never changed.

    `actor` is a role (`system`, `anonymous`) or the number of a name. `digest` is the hash of the entry and the
    previous digest, so that a changed, removed or reordered entry breaks the chain. Entries outlive their targets.
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
        """The actor's current name."""
        if not self.actor.startswith("#"):
            return self.actor
        return str(Name.objects.get(pk=int(self.actor[1:])))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise TypeError: entries are never deleted, only explained by later ones."""
        raise TypeError("Audit entries are append-only.")


class Head(models.Model):
    """The published last entry of a day. A copy of it reveals later changes to earlier entries."""

    day = models.DateField(unique=True)
    seq = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day}: {self.seq} {self.digest}"
