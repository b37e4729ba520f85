"""Find tags by name, create new ones, and delete unused ones."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import islice

from django.db import IntegrityError
from django.db.models import Exists, OuterRef, Q

from common.errors import ForewarnedError
from common.text.folding import without_repeats
from reports.models import Subscription, Tag, TaggedWarning, TagSynonym
from reports.tag_names import MOST_TAGS, fold_tag, slug_for

_BATCH, _TRIES = 500, 5


class TooManyTagsError(ForewarnedError):
    """The warning would have more than the maximum number of tags."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self) -> None:
        super().__init__(f"A warning has at most {MOST_TAGS} tags.", "too-many-tags")


def tags_for(names: Iterable[str], *, instead_of: Iterable[int] = ()) -> list[Tag]:
    """Return the tags for names or synonyms, creating new ones. Raises TooManyTagsError.

    Locks them and the tags that they replace (`instead_of`), so that none is merged or deleted concurrently.
    """
    wanted = {fold_tag(name): name for name in without_repeats(list(names), key=fold_tag)}
    by_synonym = TagSynonym.objects.filter(folded__in=wanted).values("tag")
    rows = Tag.objects.filter(Q(folded__in=wanted) | Q(pk__in=by_synonym) | Q(pk__in=list(instead_of)))
    known = {tag.folded: tag for tag in rows.select_for_update().order_by("folded")}
    synonyms = TagSynonym.objects.select_related("tag").filter(folded__in=wanted)
    known |= {synonym.folded: synonym.tag for synonym in synonyms}
    if len({known[folded].pk if folded in known else folded for folded in wanted}) > MOST_TAGS:
        raise TooManyTagsError
    found = [known.get(folded) or _made(name, folded) for folded, name in wanted.items()]
    return list(dict.fromkeys(found))


def free_slug(name: str) -> str:
    """Return a slug for a name that no tag or synonym uses."""
    number = 1
    while _is_taken(slug := slug_for(name, number)):
        number += 1
    return slug


def drop_unused(keys: Iterable[int] | None = None) -> int:
    """Delete unused tags, or only those with these primary keys; return how many.

    A tag is in use if it has a warning, a subscription, a description or a synonym.
    """
    it = OuterRef("pk")
    rows = Tag.objects.filter(
        ~Exists(TaggedWarning.objects.filter(tag=it)),
        ~Exists(TagSynonym.objects.filter(tag=it)),
        ~Exists(Subscription.objects.filter(tag=it)),
        description="",
    )
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    # Lock first and check again: a tag may have been used while this transaction waited for the lock.
    held = [tag.pk for tag in Tag.objects.filter(pk__in=rows.values("pk")).select_for_update().order_by("folded")]
    gone = list(rows.filter(pk__in=held).values_list("pk", flat=True))
    Tag.objects.filter(pk__in=gone).delete()
    return len(gone)


def in_batches(keys: Iterable[int]) -> Iterator[list[int]]:
    """Yield the primary keys in batches that fit in one statement."""
    rest = iter(keys)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _made(name: str, folded: str) -> Tag:
    """Create a tag, or return the existing one.

    Two names may differ only in characters that slugs drop; on a conflict, the next free slug is used.
    """
    for _ in range(_TRIES):
        try:
            return _get_or_create(name, folded)
        except IntegrityError:
            continue
    return _get_or_create(name, folded)


def _get_or_create(name: str, folded: str) -> Tag:
    tag: Tag
    tag, _ = Tag.objects.get_or_create(folded=folded, defaults={"name": name, "slug": free_slug(name)})
    return tag


def _is_taken(slug: str) -> bool:
    return Tag.objects.filter(slug=slug).exists() or TagSynonym.objects.filter(slug=slug).exists()
