"""Add, change, retire and restore reasons. Each action is one transaction."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from accounts.permissions import may
from audit import log
from common.errors import ForewarnedError, Sentence
from common.text.folding import fold
from moderation.models import Reason
from moderation.policies.reasons import acts_without, digest_of, said_by

_LONGEST_SLUG = 50


class ReasonError(ForewarnedError):
    """The change to the list of reasons is refused. The message gives the reason."""


class ReasonChangedError(ForewarnedError):
    """Another administrator changed this reason meanwhile. Nothing is overwritten."""

    sentence = Sentence("Somebody else changed this reason meanwhile. Nothing was overwritten.", "changed-meanwhile")


@transaction.atomic
def add(*, actor: User, fields: Mapping[str, Any]) -> Reason:
    """Add a reason. `fields` has label, text, rule, acts, kinds and position.

    Raises ReasonError or PermissionDenied.
    """
    _require_keeper(actor)
    _require_free_label(fields["label"], None)
    reason: Reason = Reason.objects.create(slug=_free_slug(fields["label"]), **fields)
    _record(actor, "reason.add", reason, {})
    return reason


@transaction.atomic
def change(*, actor: User, reason: Reason, seen: str, fields: Mapping[str, Any]) -> Reason:
    """Change a reason. Statements of reasons that were already sent keep the old text.

    `seen` is the digest of the version that the actor saw. Raises ReasonChangedError, ReasonError or
    PermissionDenied.
    """
    row = _locked(actor, reason)
    if digest_of(row) != seen:
        raise ReasonChangedError
    if not row.retired:
        _require_free_label(fields["label"], row)
        _require_others(row, fields["acts"], fields["kinds"])
    before = said_by(row)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    _record(actor, "reason.change", row, before)
    return row


@transaction.atomic
def retire(*, actor: User, reason: Reason) -> None:
    """Retire a reason, so that it is no longer offered. Raises ReasonError or PermissionDenied."""
    row = _locked(actor, reason)
    _require_others(row, ())
    before = said_by(row)
    row.retired = True
    row.save(update_fields=["retired"])
    _record(actor, "reason.retire", row, before)


@transaction.atomic
def bring_back(*, actor: User, reason: Reason) -> None:
    """Offer a retired reason again. Raises ReasonError or PermissionDenied."""
    row = _locked(actor, reason)
    _require_free_label(row.label, row)
    before = said_by(row)
    row.retired = False
    row.save(update_fields=["retired"])
    _record(actor, "reason.bring-back", row, before)


def _require_keeper(actor: User) -> None:
    if not may("keep_desk", actor):
        raise PermissionDenied("Administrators keep the reasons.")


def _locked(actor: User, reason: Reason) -> Reason:
    """Return the current state of a reason. Lock all reasons, because each act needs at least one of them."""
    _require_keeper(actor)
    rows = {row.pk: row for row in Reason.objects.select_for_update().order_by("pk")}
    return rows[reason.pk]


def _require_others(reason: Reason, acts: Any, kinds: Any = ()) -> None:
    missing = acts_without(reason, acts, kinds)
    if not reason.retired and missing:
        words = ", ".join(f"“{act.label}”" for act in missing)
        raise ReasonError(f"It is the last reason for {words}. Add another one for that first.", "last-reason")


def _require_free_label(label: str, reason: Reason | None) -> None:
    others = Reason.objects.offered().exclude(pk__in=[reason.pk] if reason else [])
    if fold(label) in {fold(other) for other in others.values_list("label", flat=True)}:
        raise ReasonError("There is a reason of that name already.", "name-taken")


def _free_slug(label: str) -> str:
    stem = slugify(label)[:_LONGEST_SLUG].strip("-_") or "reason"
    taken = set(Reason.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for number in range(1, len(taken) + 2) if (slug := _numbered(stem, number)) not in taken)


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def _record(actor: User, verb: str, reason: Reason, before: dict[str, Any]) -> None:
    log.record(actor=actor.handle, verb=verb, target=f"reason {reason.slug}", before=before, after=said_by(reason))
