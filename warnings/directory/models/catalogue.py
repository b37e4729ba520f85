"""The content of the catalogue files at the last load, used to detect local edits."""

from django.db import models


class CatalogueEntry(models.Model):
    """A catalogue entry as of the last load, in canonical form."""

    section = models.CharField(max_length=40)
    slug = models.CharField(max_length=80)
    content = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["section", "slug"], name="directory_catalogueentry_once"),)

    def __str__(self) -> str:
        return f"{self.section}/{self.slug}"


class CatalogueLoad(models.Model):
    """A load of the catalogue. `digest` covers every file and the loader's version."""

    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    compiled_on = models.DateField()
    added = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.added} added, {self.updated} updated"
