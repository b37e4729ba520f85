"""What the spam classifier learnt from decisions. No original text is stored."""

from django.db import models

from moderation.models.decisions import Decision


class SpamWeights(models.Model):
    """The classifier's state in a single row: feature weights, and word counts in shared hash buckets."""

    weights = models.JSONField(default=dict)
    words = models.JSONField(default=dict)

    class Meta:
        db_table = "moderation_spammemory"

    def __str__(self) -> str:
        return "What was learnt of spam"


class SpamSample(models.Model):
    """One training example: whether it is spam, its features and buckets, and the signature if it is spam.

    It is unlearnt when its decision is undone.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="lesson")
    is_spam = models.BooleanField()
    features = models.JSONField(default=list)
    buckets = models.JSONField(default=list)
    signature = models.JSONField(default=list)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"Lesson of {self.decision}"
