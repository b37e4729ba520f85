"""Remove tags that contain redacted passages, and restore them. Each action is one transaction.

The redaction that calls them announces the changed posts, once for their texts and tags.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from reports.actions.tags import forget_synonym
from reports.models import Revision, Tag, TaggedWarning, TagSynonym, Warning
from reports.spellings import shows
from reports.tag_names import fold_tag
from reports.tag_rows import free_slug

_FIELDS = ("name", "slug", "folded", "description")
# A passage as it was entered, and folded like the name of a tag.
_Part = tuple[str, str]


@transaction.atomic
def remove_tags(*, warnings: Sequence[Warning], passages: Iterable[str]) -> dict[str, Any]:
    """Remove the tags and synonyms that contain a passage from warnings and their revisions.

    Names are compared as texts and as names of tags are: spelling, case and spacing do not matter. A tag
    that no other warning has is deleted, with its page, feed and subscriptions. Return what `restore_tags` needs.
    """
    parts = [(passage, fold_tag(passage)) for passage in passages]
    keys = [warning.pk for warning in warnings]
    tagged = list(TaggedWarning.objects.filter(content_object__in=keys).order_by("pk"))
    # Locked in the order of every action on tags, so that no other warning gets a tag that is about to be deleted.
    held = Tag.objects.filter(pk__in={one.tag_id for one in tagged}).select_for_update().order_by("folded")
    tags = {tag.pk: tag for tag in held}
    kept: dict[str, Any] = {"tags": [], "synonyms": [], "revisions": _clean_revisions(keys, parts)}
    for synonym in TagSynonym.objects.filter(tag__in=tags).select_related("tag").order_by("pk"):
        if _contains(synonym.name, parts):
            kept["synonyms"].append({"tag": synonym.tag.folded, **_fields(synonym, ("name", "slug", "folded"))})
            forget_synonym(synonym=synonym)
    for tag in tags.values():
        if _contains(tag.name, parts):
            mine = [one.content_object_id for one in tagged if one.tag_id == tag.pk]
            kept["tags"].append({"warnings": mine, **_fields(tag, _FIELDS)})
            tag.tagged_warnings.filter(content_object__in=mine).delete()
            if not tag.tagged_warnings.exists():
                tag.delete()
    return kept


@transaction.atomic
def restore_tags(*, kept: dict[str, Any]) -> None:
    """Restore what `remove_tags` removed, unless it was edited since."""
    for item in kept.get("tags", ()):
        made = {name: item[name] for name in ("name", "description")} | {"slug": free_slug(item["name"])}
        tag, _ = Tag.objects.get_or_create(folded=item["folded"], defaults=made)
        for key in Warning.objects.filter(pk__in=item["warnings"]).values_list("pk", flat=True):
            TaggedWarning.objects.get_or_create(tag=tag, content_object_id=key)
    for item in kept.get("synonyms", ()):
        owner = Tag.objects.filter(folded=item["tag"]).first()
        is_free = not Tag.objects.filter(folded=item["folded"]).exists()
        if owner and is_free and not TagSynonym.objects.filter(folded=item["folded"]).exists():
            owner.synonyms.create(name=item["name"], slug=free_slug(item["name"]), folded=item["folded"])
    for item in kept.get("revisions", ()):
        for revision in Revision.objects.filter(pk=item["key"], links__tags=item["after"]):
            revision.links = revision.links | {"tags": item["before"]}
            revision.save(update_fields=["links"])


def _clean_revisions(keys: list[int], parts: list[_Part]) -> list[dict[str, Any]]:
    """Remove the names of tags from the revisions of warnings; return what changed."""
    changed = []
    for revision in Revision.objects.filter(warning__in=keys).order_by("pk"):
        before = revision.links.get("tags", [])
        after = [name for name in before if not _contains(name, parts)]
        if before != after:
            revision.links = revision.links | {"tags": after}
            revision.save(update_fields=["links"])
            changed.append({"key": revision.pk, "before": before, "after": after})
    return changed


def _contains(name: str, parts: list[_Part]) -> bool:
    folded = fold_tag(name)
    return any((part and part in folded) or shows(name, [passage]) for passage, part in parts)


def _fields(row: Tag | TagSynonym, names: Iterable[str]) -> dict[str, str]:
    return {name: getattr(row, name) for name in names}
