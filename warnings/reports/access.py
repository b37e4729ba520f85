"""Finding one thing for a reader: 404 for what is not published or not there."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from common.text.cleaning import without_unstorable
from directory.models import Marketplace
from reports.models import Comment, Tag, TagSynonym, Warning
from reports.words import Status


class WarningMoved(Exception):
    """The warning was merged into another one, where the reader is sent."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@dataclass(frozen=True)
class FoundTag:
    """A tag, and whether it was asked for by an older name."""

    tag: Tag
    moved: bool


def get_warning_for_reading(slug: str) -> Warning:
    """A published warning with what its page shows. Raises Http404, or WarningMoved for a merged one."""
    warning = Warning.objects.for_page().select_related("merged_into").filter(slug=slug).first()
    if warning is not None and warning.status == Status.PUBLISHED:
        return warning
    if warning is not None and warning.merged_into and warning.merged_into.status == Status.PUBLISHED:
        raise WarningMoved(warning.merged_into.slug)
    raise Http404("This warning is not published.")


def unnamed_already(reader: Any, warning: Warning | None) -> bool:
    """Whether a reader reported on a warning and left their handle out."""
    return warning is not None and warning.hides(reader.pk)


def find_marketplace(slug: str) -> Marketplace | None:
    """A marketplace, or None."""
    return Marketplace.objects.filter(slug=without_unstorable(slug)).first()


def get_comment_for_reading(public_id: uuid.UUID, reader: Any = None) -> Comment:
    """A published comment on a published warning, with whether a reader voted for it. Raises Http404."""
    found = Comment.objects.readable().seen_by(reader).filter(public_id=public_id).first()
    if found is None:
        raise Http404("There is no such comment.")
    return found


def get_tag_for_reading(slug: str) -> FoundTag:
    """A tag by its slug or by a synonym's. Raises Http404."""
    tag = Tag.objects.filter(slug=slug).first()
    if tag is not None:
        return FoundTag(tag, moved=False)
    synonym = TagSynonym.objects.select_related("tag").filter(slug=slug).first()
    if synonym is None:
        raise Http404("There is no such tag.")
    return FoundTag(synonym.tag, moved=True)
