"""Tags, based on django-taggit, with synonyms and a unique folded name."""

from django.db import models
from django.db.models import Q
from taggit.models import ItemBase, TagBase

from reports import querysets


class Tag(TagBase):
    """A tag; names that fold alike (case, spacing, width) are one tag."""

    folded = models.CharField(max_length=200, unique=True)
    description = models.TextField(blank=True)

    objects = querysets.TagQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (models.CheckConstraint(condition=~Q(folded=""), name="reports_tag_not_empty"),)


class TaggedWarning(ItemBase):
    """A tag on a warning."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_warnings")
    content_object = models.ForeignKey("reports.Warning", on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["tag", "content_object"], name="reports_taggedwarning_once"),)

    def __str__(self) -> str:
        return f"{self.tag} on {self.content_object}"


class TagSynonym(models.Model):
    """Another spelling that leads to a tag; what is left of a tag after a merge or a renaming."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    folded = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} is {self.tag}"


class TagMerge(models.Model):
    """A tag that became another one, with what moved, so that it can be undone; its name is a synonym meanwhile.

    `moved` holds keys: `alone` and `both` of warnings that had only this tag, or the other as well; `watches` that
    moved, `double` of those on the other tag whose owners watched both; `synonyms`. A merge `inside` another one went
    on with its tag, and is undone after it.
    """

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="merges")
    inside = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="within")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, allow_unicode=True)
    folded = models.CharField(max_length=200, unique=True)
    description = models.TextField(blank=True)
    moved = models.JSONField(default=dict)
    merged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-merged_at", "-id")

    def __str__(self) -> str:
        return f"{self.name} became {self.tag}"
