"""Limits on what unsent reports occupy: one draft, one author, and all authors without an account together.

What is over a limit of one author is refused, so that nothing disappears that its author did not delete. All drafts
of people without an account share their own room, so that they cannot fill the disk: the ones longest untouched make
room for new ones.
"""

import json
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum

from common.errors import ForewarnedError, Sentence
from common.text.cleaning import shows_something
from reports import evidence_store
from reports.models import Draft, Evidence

# The longest report that can be sent has about half of these bytes.
MOST_BYTES_OF_DRAFT = 100_000
# Drafts of one account or browser, and the bytes of their pictures.
MOST_DRAFTS, MOST_PICTURE_BYTES = 50, 100_000_000
# Drafts of everyone without an account, and the bytes of their texts and pictures.
MOST_DRAFTS_OF_STRANGERS, MOST_BYTES_OF_STRANGERS = 5_000, 500_000_000
# Drafts that make room at a time: each makes more than a new draft needs.
AT_A_TIME = 20
# Fields that have a value before their author did anything.
_FROM_THE_START = frozenset({"joins", "outcome", "currency", "unnamed", "notify"})


class DraftTooLongError(ForewarnedError):
    """The text is too long for a draft; it could not be sent either."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = Sentence("This is too long to be saved as a draft. Please shorten it.", "draft-too-long")


class TooManyDraftsError(ForewarnedError):
    """The account or browser has the maximum number of drafts."""

    status = HTTPStatus.CONFLICT
    sentence = Sentence(
        f"You have {MOST_DRAFTS} drafts, which is the most that can be kept. Delete one of them before you go on.",
        "too-many-drafts",
    )


class TooManyPictureBytesError(ForewarnedError):
    """The drafts of an account or browser have pictures of the maximum size altogether."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = Sentence(
        f"Your drafts have pictures of {MOST_PICTURE_BYTES // 1_000_000} MB, which is the most that can be kept."
        " Send or delete a draft before you add more.",
        "too-many-bytes",
    )


def is_empty(fields: Mapping[str, Any]) -> bool:
    """Return whether nothing was typed or chosen: what a form holds from the start does not count."""
    typed = (value for name, values in fields.items() if name not in _FROM_THE_START for value in values)
    return not any(map(shows_something, typed))


def size_of(fields: Mapping[str, Any]) -> int:
    """Return how many bytes the fields of a draft have as JSON in UTF-8."""
    return len(json.dumps(fields, ensure_ascii=False).encode())


def require_short(size: int) -> None:
    """Raise DraftTooLongError if a draft of this size is too long."""
    if size > MOST_BYTES_OF_DRAFT:
        raise DraftTooLongError


def require_room_for_draft(*, owner: Any, browser_hash: str) -> None:
    """Raise TooManyDraftsError if an account or browser has as many drafts as it may have."""
    if Draft.objects.of(owner=owner, browser_hash=browser_hash).count() >= MOST_DRAFTS:
        raise TooManyDraftsError


def require_room_for_pictures(draft: Draft, size: int) -> None:
    """Raise TooManyPictureBytesError if the author of a draft cannot keep another `size` bytes of pictures."""
    drafts = Draft.objects.of(owner=draft.owner, browser_hash=draft.browser_hash).order_by()
    if _picture_bytes(drafts) + size > MOST_PICTURE_BYTES:
        raise TooManyPictureBytesError


def make_room(size: int, *, spared: Draft | None = None) -> int:
    """Delete drafts of people without an account if theirs and another `size` bytes exceed the room for all of them.

    The ones longest untouched go first; `spared` stays. Return how many went. Runs in a transaction.
    """
    drafts = Draft.objects.filter(owner=None).order_by()
    texts = drafts.aggregate(rows=Count("pk"), size=Sum("size", default=0))
    rows, room = texts["rows"], MOST_BYTES_OF_STRANGERS - texts["size"] - _picture_bytes(drafts) - size
    if rows < MOST_DRAFTS_OF_STRANGERS and room >= 0:
        return 0
    gone = 0
    # Locked rows are in use at this moment. Waiting for them could end in a deadlock.
    oldest = drafts.select_for_update(skip_locked=True, of=("self",)).order_by("updated_at", "pk")
    others = oldest.exclude(pk=spared.pk) if spared else oldest
    for draft in others[:AT_A_TIME]:
        if rows - gone < MOST_DRAFTS_OF_STRANGERS and room >= 0:
            break
        room += draft.size + _picture_bytes(Draft.objects.filter(pk=draft.pk))
        delete_with_pictures(draft)
        gone += 1
    return gone


def delete_with_pictures(draft: Draft) -> None:
    """Delete a draft, and its stored pictures after the transaction."""
    names = list(draft.evidence.values_list("stored_name", flat=True))
    draft.delete()
    transaction.on_commit(partial(evidence_store.throw_away, names))


def _picture_bytes(drafts: Any) -> int:
    size: int = Evidence.objects.filter(draft__in=drafts).aggregate(size=Sum("size", default=0))["size"]
    return size
