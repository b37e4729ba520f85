"""Tags, based on django-taggit, with synonyms and a unique folded name."""

from django.db import models
from django.db.models import Q
from taggit.models import ItemBase, TagBase

from reports import querysets


class Tag(TagBase):
    """A tag; names that fold alike (case, spacing, width) are the same tag."""

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
    """Another name for a tag, also created by merging and renaming."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(max_length=100)
    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    folded = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} is {self.tag}"


class TagMerge(models.Model):
    """A merge of a tag into another, with what moved, so that it can be undone; its name is a synonym meanwhile.

    `moved` has primary keys: `alone` and `both` are warnings that had only this tag, or both; `watches` are moved
    subscriptions; `double` are the other tag's subscriptions whose users had both; `synonyms` are moved synonyms. A
    merge with `inside` set moved along when its tag was merged again, and can only be undone after that merge.
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
