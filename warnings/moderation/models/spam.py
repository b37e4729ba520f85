"""What the site learnt of spam from decisions."""

from django.db import models

from moderation.models.decisions import Decision


class SpamMemory(models.Model):
    """The one row with the words that were learnt, as `moderation.spam.scoring.Memory` reads it."""

    learnt = models.JSONField(default=dict)

    def __str__(self) -> str:
        return "What was learnt of spam"


class SpamSample(models.Model):
    """What a decision taught: which kind of text, its words, and for spam its signature. Undone, it is unlearnt."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="lesson")
    is_spam = models.BooleanField()
    words = models.JSONField(default=list)
    signature = models.JSONField(default=list)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"Lesson of {self.decision}"
