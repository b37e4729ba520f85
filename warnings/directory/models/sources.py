"""Sources: pages that back a fact, shared between the facts that cite them."""

from django.db import models


class Source(models.Model):
    """A web page that backs facts, unique by URL."""

    url = models.URLField(max_length=2_000, unique=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    confirmed = models.BooleanField(default=False, help_text="The page was opened and read by one of us.")
    last_checked_on = models.DateField(null=True, blank=True)
    reported_changed_on = models.DateField(
        null=True, blank=True, help_text="A reader says that the page no longer says this; cleared by a re-check."
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(url__startswith="https://") | models.Q(url__startswith="http://"),
                name="directory_source_url_is_web",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})"


class Citation(models.Model):
    """Abstract base of citations; each citing model has its own table."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    passage = models.CharField(max_length=500, blank=True, help_text="What the source says on this point, in short.")
    confirmed = models.BooleanField(default=False, help_text="The page was read and says this.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("position",)

    def __str__(self) -> str:
        return self.passage or str(self.source)
