"""Save, claim and delete drafts of reports. Each action is one transaction."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.db import transaction

from accounts.models import User
from common.errors import ForewarnedError, Sentence
from reports import draft_room
from reports.models import Draft


class NotDraftOwnerError(ForewarnedError):
    """The draft belongs to another account or another browser."""

    status = HTTPStatus.FORBIDDEN
    sentence = Sentence("This draft belongs to another account or another browser.", "not-owner")


@dataclass(frozen=True)
class Saved:
    """A saved draft, or None if there is nothing to keep.

    `conflict` contains the fields another tab saved if this tab had not seen them.
    """

    draft: Draft | None
    conflict: dict[str, Any] | None = None


def _nothing() -> None:
    """Allow any new draft."""


@transaction.atomic
def save_draft(
    *,
    owner: User | None,
    browser_hash: str,
    public_id: uuid.UUID,
    version: int,
    fields: Mapping[str, Any],
    for_pictures: bool = False,
    before_new: Callable[[], None] = _nothing,
) -> Saved:
    """Save a draft without overwriting text that the author has not seen; return that text as `conflict`.

    A draft without text is kept only `for_pictures` that come with it, or for those that it has.
    `before_new` is called before a draft is made, and may refuse it.

    Raises NotDraftOwnerError, DraftTooLongError or TooManyDraftsError.
    """
    size = draft_room.size_of(fields)
    draft = Draft.objects.select_for_update().filter(public_id=public_id).first()
    if draft is None:
        if draft_room.is_empty(fields) and not for_pictures:
            return Saved(None)
        before_new()
        draft_room.require_short(size)
        draft_room.require_room_for_draft(owner=owner, browser_hash=browser_hash)
        if owner is None:
            draft_room.make_room(size)
        draft = Draft.objects.create(
            public_id=public_id,
            owner=owner,
            browser_hash="" if owner else browser_hash,
            fields=dict(fields),
            size=size,
        )
        return Saved(draft)
    if (draft.owner, draft.browser_hash) != (owner, "" if owner else browser_hash):
        raise NotDraftOwnerError
    if draft.version != version and draft.fields != fields:
        return Saved(draft, conflict=draft.fields)
    if draft_room.is_empty(fields) and not for_pictures and not draft.evidence.exists():
        draft_room.delete_with_pictures(draft)
        return Saved(None)
    if draft.fields != fields:
        draft_room.require_short(size)
        draft.fields, draft.size, draft.version = dict(fields), size, draft.version + 1
        draft.save()
    return Saved(draft)


@transaction.atomic
def claim_drafts(*, owner: User, browser_hash: str) -> int:
    """Assign to an account the drafts created in its browser before login; return how many."""
    return Draft.objects.begun_in(browser_hash).update(owner=owner, browser_hash="")


@transaction.atomic
def delete_draft(*, draft: Draft) -> None:
    """Delete a draft and its images."""
    draft_room.delete_with_pictures(draft)
