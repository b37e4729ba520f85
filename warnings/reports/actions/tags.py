"""Merge, rename and describe tags and edit their synonyms. Each action is one transaction with its log entry."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.permissions import may
from audit import log
from common.errors import ForewarnedError
from reports.models import Subscription, Tag, TaggedWarning, TagMerge, TagSynonym, Warning
from reports.signals import posts_changed
from reports.tag_names import fold_tag
from reports.tag_rows import drop_unused, free_slug, in_batches


class TagActionError(ForewarnedError):
    """The tag cannot be changed in this way; the message says why."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


@transaction.atomic
def merge(*, actor: User, tag: Tag, into: Tag) -> TagMerge:
    """Merge a tag into another: move its warnings, subscriptions and synonyms, and make its name a synonym.

    Records what moved, for `undo_merge`. Raises TagActionError.
    """
    _require(actor)
    if tag.pk == into.pk:
        raise TagActionError("That is the same tag.", "same-tag")
    old, new = _locked(tag, into)
    moved = _move_warnings(old, new) | _move_watches(old, new)
    moved["synonyms"] = list(old.synonyms.values_list("pk", flat=True))
    row = TagMerge.objects.create(
        tag=new, name=old.name, slug=old.slug, folded=old.folded, description=old.description, moved=moved
    )
    old.merges.filter(inside=None).update(inside=row)
    old.merges.update(tag=new)
    old.synonyms.update(tag=new)
    old.delete()
    TagSynonym.objects.create(tag=new, name=row.name, slug=row.slug, folded=row.folded)
    counts = {"warnings": len(moved["alone"]) + len(moved["both"])}
    _record(actor, "merge", row.name, {"tag": row.name} | counts, {"tag": new.name})
    _announce([*moved["alone"], *moved["both"]])
    return row


@transaction.atomic
def undo_merge(*, actor: User, merged: TagMerge) -> Tag:
    """Undo a merge and give the tag back what it had at the time. Raises TagActionError.

    Warnings tagged since then, or moved by another merge, keep the other tag.
    """
    _require(actor)
    row = TagMerge.objects.select_for_update().filter(pk=merged.pk).first()
    if row is None:
        raise TagActionError("This merge was undone or made final meanwhile.", "merge-over")
    if row.inside is not None:
        raise TagActionError(f"First undo the merge of “{row.inside.name}”.", "merged-inside")
    (new,) = _locked(row.tag)
    new.synonyms.filter(folded=row.folded).delete()
    old: Tag = Tag.objects.create(name=row.name, slug=row.slug, folded=row.folded, description=row.description)
    new.synonyms.filter(pk__in=row.moved["synonyms"]).update(tag=old)
    TagMerge.objects.filter(pk__in=_keys_within(row)).update(tag=old)
    row.within.update(inside=None)
    changed = _restore_warnings(row, old, new)
    _restore_subscriptions(row, old, new)
    row.delete()
    _record(actor, "undo-merge", old.name, {"tag": new.name}, {"tag": old.name, "warnings": len(changed)})
    _announce(changed)
    return old


@transaction.atomic
def rename(*, actor: User, tag: Tag, name: str) -> Tag:
    """Rename a tag; the old name becomes a synonym. Raises TagActionError."""
    _require(actor)
    (row,) = _locked(tag)
    before, folded = (row.name, row.slug, row.folded), fold_tag(name)
    if name == row.name:
        raise TagActionError("That is its name already.", "same-name")
    _require_free(name, but=row)
    if folded != row.folded:
        own = row.synonyms.filter(folded=folded).first()
        row.slug, row.folded = own.slug if own else free_slug(name), folded
        if own:
            forget_synonym(synonym=own)
    row.name = name
    row.save(update_fields=["name", "slug", "folded"])
    if folded != before[2]:
        TagSynonym.objects.create(tag=row, name=before[0], slug=before[1], folded=before[2])
    _record(actor, "rename", before[0], {"name": before[0]}, {"name": name})
    _announce(row.tagged_warnings.values_list("content_object", flat=True))
    return row


@transaction.atomic
def describe(*, actor: User, tag: Tag, description: str) -> None:
    """Set the plain-text description of a tag; an empty text removes it."""
    _require(actor)
    (row,) = _locked(tag)
    before, row.description = row.description, description
    row.save(update_fields=["description"])
    _record(actor, "describe", row.name, {"description": before}, {"description": description})


@transaction.atomic
def add_synonym(*, actor: User, tag: Tag, name: str) -> TagSynonym:
    """Add a synonym to a tag. Raises TagActionError."""
    _require(actor)
    (row,) = _locked(tag)
    _require_free(name)
    synonym: TagSynonym = row.synonyms.create(name=name, slug=free_slug(name), folded=fold_tag(name))
    _record(actor, "add-synonym", row.name, {}, {"synonym": name})
    return synonym


@transaction.atomic
def remove_synonym(*, actor: User, synonym: TagSynonym) -> None:
    """Remove a synonym. The merge that created it, if any, can no longer be undone. Raises TagActionError."""
    _require(actor)
    (row,) = _locked(synonym.tag)
    gone = row.synonyms.filter(pk=synonym.pk).first()
    if gone is None:
        raise TagActionError("This synonym is gone already.", "synonym-gone")
    forget_synonym(synonym=gone)
    _record(actor, "remove-synonym", row.name, {"synonym": gone.name}, {})


@transaction.atomic
def tidy(*, now: datetime) -> int:
    """Delete unused tags; return how many."""
    return drop_unused()


def _require(actor: User) -> None:
    if not may("curate_tags", actor):
        raise PermissionDenied("Moderators keep the tags in order.")


def _locked(*tags: Tag) -> list[Tag]:
    """Lock tags and return them as they are now. Raises TagActionError if one is gone."""
    rows = Tag.objects.select_for_update().filter(pk__in=[tag.pk for tag in tags]).order_by("folded")
    found = {row.pk: row for row in rows}
    if any(tag.pk not in found for tag in tags):
        raise TagActionError("The tag is gone: it was merged or removed meanwhile.", "tag-gone")
    return [found[tag.pk] for tag in tags]


def _require_free(name: str, but: Tag | None = None) -> None:
    """Raise TagActionError if the name is empty when folded, or belongs to a tag other than `but`."""
    folded = fold_tag(name)
    if not folded:
        raise TagActionError("A tag needs a letter or a digit.", "no-letter")
    tag = Tag.objects.filter(folded=folded).first()
    if tag is not None and tag != but:
        raise TagActionError(f"There is a tag “{tag.name}”. Merge the two instead.", "name-taken")
    synonym = TagSynonym.objects.select_related("tag").filter(folded=folded).first()
    if synonym is not None and synonym.tag != but:
        raise TagActionError(f"That is another name of the tag “{synonym.tag.name}”.", "synonym-taken")


@transaction.atomic
def forget_synonym(*, synonym: TagSynonym) -> None:
    """Delete a synonym and the record of the merge that created it."""
    TagMerge.objects.filter(folded=synonym.folded).delete()
    synonym.delete()


def _move_warnings(old: Tag, new: Tag) -> dict[str, list[int]]:
    tagged = list(old.tagged_warnings.order_by("content_object").values_list("content_object", flat=True))
    there: set[int] = set()
    for keys in in_batches(tagged):
        there |= set(new.tagged_warnings.filter(content_object__in=keys).values_list("content_object", flat=True))
    alone = [key for key in tagged if key not in there]
    for keys in in_batches(alone):
        old.tagged_warnings.filter(content_object__in=keys).update(tag=new)
    return {"alone": alone, "both": [key for key in tagged if key in there]}


def _move_watches(old: Tag, new: Tag) -> dict[str, list[int]]:
    both = Subscription.objects.on(new).filter(user__in=Subscription.objects.on(old).values("user"))
    double = list(both.values_list("pk", flat=True))
    single = Subscription.objects.on(old).exclude(user__in=Subscription.objects.on(new).values("user"))
    watches = list(single.values_list("pk", flat=True))
    for keys in in_batches(watches):
        Subscription.objects.filter(pk__in=keys).update(tag=new)
    return {"watches": watches, "double": double}


def _restore_warnings(row: TagMerge, old: Tag, new: Tag) -> list[int]:
    """Restore the old tag on warnings that had it and still have the new one; return their primary keys."""
    claimed: set[int] = set()
    for other in new.merges.filter(inside=None).exclude(pk=row.pk):
        claimed |= {*other.moved["alone"], *other.moved["both"]}
    only = set(row.moved["alone"]) - claimed
    changed: list[int] = []
    for keys in in_batches([*row.moved["alone"], *row.moved["both"]]):
        rows = new.tagged_warnings.filter(content_object__in=keys)
        still = list(rows.values_list("content_object", flat=True))
        rows.filter(content_object__in=only.intersection(still)).delete()
        TaggedWarning.objects.bulk_create(TaggedWarning(tag=old, content_object_id=key) for key in still)
        changed += still
    return changed


def _restore_subscriptions(row: TagMerge, old: Tag, new: Tag) -> None:
    for keys in in_batches(row.moved["watches"]):
        Subscription.objects.on(new).filter(pk__in=keys).update(tag=old)
    for keys in in_batches(row.moved["double"]):
        people = Subscription.objects.on(new).filter(pk__in=keys).values_list("user", flat=True)
        Subscription.objects.bulk_create(Subscription(user_id=key, tag=old) for key in people)


def _keys_within(row: TagMerge) -> Iterator[int]:
    """Yield the primary keys of merges into a tag that was merged itself, recursively."""
    for inner in row.within.all():
        yield inner.pk
        yield from _keys_within(inner)


def _announce(keys: Iterable[int]) -> None:
    for part in in_batches(keys):
        posts_changed.send(sender=Warning, keys=list(part), below=True)


def _record(actor: User, verb: str, target: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    log.record(actor=actor.handle, verb=f"tag.{verb}", target=target, before=before, after=after)
