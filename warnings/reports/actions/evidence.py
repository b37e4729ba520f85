"""Add, describe, replace and remove images of a draft or pending report. Each action is one transaction."""

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from http import HTTPStatus

from django.db import transaction

from common.errors import ForewarnedError
from common.images.clean import CleanPicture
from reports import evidence_store
from reports import hints as report_hints
from reports.draft_room import make_room, require_room_for_pictures
from reports.locks import locked_report
from reports.models import Draft, Evidence, Report
from reports.signals import post_submitted

MOST_PICTURES, LONGEST_WORDS = 5, 500
Holder = Draft | Report


class TooManyImagesError(ForewarnedError):
    """The draft or report has the maximum number of images."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


@transaction.atomic
def add_pictures(*, holder: Holder, pictures: Sequence[CleanPicture]) -> list[CleanPicture]:
    """Add images to a draft or report, skipping duplicates; return those that were added.

    Raises TooManyImagesError, TooManyPictureBytesError, ReportClosedError, or OSError if the storage is full.
    """
    _lock(holder)
    here = set(holder.evidence.values_list("sha256", flat=True))
    fresh = {picture.sha256: picture for picture in pictures if picture.sha256 not in here}
    if holder.evidence.count() + len(fresh) > MOST_PICTURES:
        raise TooManyImagesError(f"A report has at most {MOST_PICTURES} pictures.", "too-many")
    _make_room(holder, sum(len(picture.data) for picture in fresh.values()))
    for position, (sha256, picture) in enumerate(fresh.items(), start=holder.evidence.count()):
        holder.evidence.create(
            stored_name=evidence_store.put(picture),
            media_type=picture.media_type,
            size=len(picture.data),
            width=picture.width,
            height=picture.height,
            sha256=sha256,
            position=position,
        )
    _note(holder)
    return list(fresh.values())


@transaction.atomic
def describe_pictures(*, holder: Holder, descriptions: Mapping[str, str]) -> None:
    """Set the alternative texts of images, by public ID, except those that are too long.

    Raises ReportClosedError.
    """
    _lock(holder)
    for row in holder.evidence.all():
        words = descriptions.get(str(row.public_id))
        if words is not None and words != row.alt_text and len(words) <= LONGEST_WORDS:
            row.alt_text = words
            row.save(update_fields=["alt_text"])


@transaction.atomic
def replace_picture(*, holder: Holder, public_id: uuid.UUID, picture: CleanPicture) -> None:
    """Replace an image with its blurred copy and delete the original.

    Raises ReportClosedError, or OSError if the storage is full.
    """
    _lock(holder)
    row = holder.evidence.select_for_update().filter(public_id=public_id).first()
    if row is None:
        return
    before = row.stored_name
    row.stored_name, row.media_type, row.size = evidence_store.put(picture), picture.media_type, len(picture.data)
    row.width, row.height, row.sha256, row.blurred = picture.width, picture.height, picture.sha256, True
    row.save()
    _note(holder)
    transaction.on_commit(partial(evidence_store.throw_away, [before]))


@transaction.atomic
def remove_picture(*, holder: Holder, public_id: uuid.UUID) -> None:
    """Remove an image from a draft or report. Raises ReportClosedError."""
    _lock(holder)
    row = holder.evidence.filter(public_id=public_id).first()
    if row is None:
        return
    name = row.stored_name
    row.delete()
    for position, left in enumerate(holder.evidence.order_by("position")):
        Evidence.objects.filter(pk=left.pk).update(position=position)
    _note(holder)
    transaction.on_commit(partial(evidence_store.throw_away, [name]))


def _lock(holder: Holder) -> None:
    """Lock the draft or report. Raises ReportClosedError if the report was already decided."""
    if isinstance(holder, Report):
        locked_report(holder)
    else:
        Draft.objects.select_for_update().get(pk=holder.pk)


def _make_room(holder: Holder, size: int) -> None:
    """Make room for `size` bytes of pictures in a draft. Raises TooManyPictureBytesError."""
    if isinstance(holder, Draft):
        require_room_for_pictures(holder, size)
        if holder.owner_id is None:
            make_room(size, spared=holder)


def _note(holder: Holder) -> None:
    """Update the hints for moderators when the images of a submitted report change."""
    if isinstance(holder, Report):
        row = Report.objects.get(pk=holder.pk)
        row.hints = report_hints.changed(row.hints, {report_hints.NOT_BLURRED}, report_hints.about_pictures(row))
        row.save(update_fields=["hints", "updated_at"])
        post_submitted.send(sender=Report, post=row)
