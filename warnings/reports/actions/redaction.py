"""Redact parts of images, and undo it. Each action is one transaction."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from accounts.notification_keys import key_of_news
from accounts.permissions import may
from audit import log
from common.errors import ForewarnedError
from common.images.clean import CleanPicture
from common.images.limits import Area
from reports import evidence_store
from reports.models import Evidence, ImageRedaction, Report

# How long the original of a redacted image is retained.
KEPT = timedelta(days=7)
_FIELDS = ("stored_name", "media_type", "size", "width", "height", "sha256")

COVERED = "A moderator covered a part of a picture"


class RedactionError(ForewarnedError):
    """The image cannot be redacted or restored in its current state; the message says why."""


@transaction.atomic
def redact_image(
    *, actor: User, picture: Evidence, seen: str, areas: Sequence[Area], drawn: CleanPicture
) -> ImageRedaction:
    """Replace an image with `drawn`, its redacted copy, under a new public address.

    `areas` are the redacted areas; `seen` is the hash of the image that `drawn` was made from. Raises RedactionError,
    or OSError if the storage is full.
    """
    row = _locked(actor, picture)
    if row.sha256 != seen:
        raise RedactionError("Somebody changed this picture meanwhile. Look at it again.", "changed-meanwhile")
    before = _fields(row)
    name = evidence_store.put(drawn)
    try:
        row.stored_name, row.media_type, row.sha256 = name, drawn.media_type, drawn.sha256
        row.size, row.width, row.height = len(drawn.data), drawn.width, drawn.height
        row.public_id = uuid.uuid4()
        row.save()
        made = ImageRedaction.objects.create(
            picture=row,
            areas=[list(area) for area in areas],
            before=before,
            after=_fields(row),
            stored_name=before["stored_name"],
            by=actor,
        )
        _record(actor, "evidence.cover", before, made.after)
        _notify_author(row, COVERED)
    except BaseException:
        # The transaction rolls back, so no row will point to the new file.
        evidence_store.throw_away([name])
        raise
    return made


@transaction.atomic
def restore_image(*, actor: User, covering: ImageRedaction) -> Evidence:
    """Restore the image from before a redaction. Raises RedactionError."""
    row = _locked(actor, covering.picture)
    found = ImageRedaction.objects.select_for_update().get(pk=covering.pk)
    if found.undone_at is not None:
        raise RedactionError("This was undone already.", "undone-already")
    if not found.stored_name:
        raise RedactionError("The picture of before was thrown away: this cannot be undone any more.", "thrown-away")
    if _fields(row) != found.after:
        raise RedactionError("Something else was done to the picture since. Undo that first.", "changed-since")
    for name, value in found.before.items():
        setattr(row, name, uuid.UUID(value) if name == "public_id" else value)
    row.save()
    found.undone_at, found.stored_name = timezone.now(), ""
    found.save(update_fields=["undone_at", "stored_name"])
    transaction.on_commit(partial(evidence_store.throw_away, [found.after["stored_name"]]))
    _record(actor, "evidence.uncover", found.after, found.before)
    return row


@transaction.atomic
def delete_expired_originals(*, now: datetime) -> int:
    """Delete expired originals of redacted images; return how many."""
    old = list(ImageRedaction.objects.filter(at__lt=now - KEPT).exclude(stored_name=""))
    names = [row.stored_name for row in old]
    ImageRedaction.objects.filter(pk__in=[row.pk for row in old]).update(stored_name="")
    transaction.on_commit(partial(evidence_store.throw_away, names))
    return len(names)


def _locked(actor: User, picture: Evidence) -> Evidence:
    if not may("decide", actor):
        raise RedactionError("Moderators only.", "moderators-only")
    row = Evidence.objects.select_for_update(of=("self",)).filter(pk=picture.pk, report__isnull=False).first()
    if row is None:
        raise RedactionError("This picture is gone.", "gone")
    return row


def _fields(row: Evidence) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FIELDS} | {"public_id": str(row.public_id)}


def _record(actor: User, verb: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    log.record(
        actor=actor.handle,
        verb=verb,
        target=f"picture {before['public_id']}",
        before={"sha256": before["sha256"]},
        after={"sha256": after["sha256"], "picture": after["public_id"]},
    )


def _notify_author(row: Evidence, words: str) -> None:
    # Drafts have images too, but only those of reports are redacted.
    report: Any = row.report
    Report.objects.filter(pk=report.pk).update(news=True)
    if report.author is not None:
        notifications.notify(
            recipients=[report.author],
            kind=NotificationKind.OWN_WORK,
            key=key_of_news(report),
            text=f"{words} of your report on “{report.warning.title}”",
            address=reverse("your_report", kwargs={"public_id": report.public_id}),
        )
