"""What the spam score learnt from decisions; it contains nobody's words."""

from django.db import models

from moderation.models.decisions import Decision


class SpamWeights(models.Model):
    """The one row with what was learnt: weights of features, and counts of words in shared buckets."""

    weights = models.JSONField(default=dict)
    words = models.JSONField(default=dict)

    class Meta:
        db_table = "moderation_spammemory"

    def __str__(self) -> str:
        return "What was learnt of spam"


class SpamSample(models.Model):
    """What a decision taught: which kind of text, its features and buckets, and for spam its signature.

    Undone, it is unlearnt.
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
