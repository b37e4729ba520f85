"""Check the sizes of drafts, and that the files of pictures are those that were stored."""

import hashlib
from collections.abc import Iterator
from io import BytesIO

from django.core.exceptions import SuspiciousFileOperation
from PIL import Image

from common.db.row_checks import Rows, check_of_rows, differences, name_of, shown, summary_of
from reports import evidence_store
from reports.draft_room import size_of
from reports.models import Draft, Evidence, ImageRedaction

_FORMATS = {"PNG": "image/png", "WEBP": "image/webp"}


def _drafts(drafts: Rows) -> Iterator[str]:
    for draft in drafts:
        yield from differences(draft, {"size": size_of(draft.fields)})


def _pictures(rows: Rows) -> Iterator[str]:
    for row in rows:
        try:
            data = evidence_store.read(row)
        except (OSError, ValueError, SuspiciousFileOperation) as error:
            # The stored name may lead out of the folder, or be none.
            yield _unreadable(row, error)
            continue
        yield from differences(row, {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()})
        with Image.open(BytesIO(data)) as picture:
            real = {"width": picture.width, "height": picture.height}
            yield from differences(row, real | {"media_type": _FORMATS.get(str(picture.format), "unknown")})


def _redactions(rows: Rows) -> Iterator[str]:
    """Yield redactions whose original is gone or changed, and pictures that are not the redacted ones."""
    pictures = Evidence.objects.in_bulk({row.picture_id for row in rows})
    newest = {
        row.picture_id: row.pk for row in ImageRedaction.objects.filter(picture__in=pictures).order_by("at", "pk")
    }
    for row in rows:
        if row.stored_name:
            try:
                data = evidence_store.read(row)
            except (OSError, ValueError, SuspiciousFileOperation) as error:
                yield _unreadable(row, error)
                continue
            if hashlib.sha256(data).hexdigest() != row.before["sha256"]:
                yield f"{name_of(row)}: before.sha256 is not that of the stored original."
        state = row.before if row.undone_at else row.after
        if newest[row.picture_id] == row.pk and pictures[row.picture_id].sha256 != state["sha256"]:
            yield f"{name_of(row)}: after.sha256 is not that of the picture."


def _unreadable(row: Evidence | ImageRedaction, error: Exception) -> str:
    return f"{name_of(row)}: the file {shown(row.stored_name)} is missing or cannot be read: {summary_of(error)}"


CHECKS = (
    check_of_rows("drafts: sizes", "reports.Draft.size", rows=Draft.objects.all, find=_drafts),
    check_of_rows(
        "pictures: files",
        *(f"reports.Evidence.{name}" for name in ("stored_name", "sha256", "size", "width", "height", "media_type")),
        rows=Evidence.objects.all,
        find=_pictures,
    ),
    check_of_rows(
        "pictures: originals",
        *(f"reports.ImageRedaction.{name}" for name in ("stored_name", "before", "after")),
        rows=ImageRedaction.objects.all,
        find=_redactions,
    ),
)
