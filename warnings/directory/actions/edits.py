"""Edit the directory, decide suggested edits and declare connections. Each action is one transaction."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from accounts.notification_keys import key_of_news
from accounts.permissions import may, require
from audit import log
from common.errors import ForewarnedError, Sentence
from common.submission_keys import form_part, stored_key
from common.text.merge import MergedFields, merge_fields
from directory.choices import RevisionState
from directory.disclosures import disclosed_connections
from directory.entries import Content, Entry, find, scope_of
from directory.models import Connection, EntryRevision, Tool
from directory.policies import access
from directory.signals import edit_accepted, edit_settled, edit_submitted
from directory.write_entry import require_sources, write


class NothingChangedError(ForewarnedError):
    """The edit does not change anything."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = Sentence("Nothing is changed yet: this is what the directory says already.", "nothing-changed")


class EntryGoneError(ForewarnedError):
    """The entry is no longer in the directory."""

    status = HTTPStatus.GONE
    sentence = Sentence("This is not in the directory any more.", "gone")


class EditNotAllowedError(ForewarnedError):
    """The actor may not decide on this suggestion; the message says why."""

    status = HTTPStatus.FORBIDDEN


class AlreadyDecidedError(ForewarnedError):
    """The suggestion was already accepted, declined or withdrawn."""

    sentence = Sentence("This was decided meanwhile.", "decided")


class EditConflictError(ForewarnedError):
    """Others changed the same fields; `merged` has their changes elsewhere and this edit's values there."""

    sentence = Sentence(
        "Others changed the same fields since. Its author can make the edit again, or you make it yourself.",
        "overlaps",
    )

    def __init__(self, merged: MergedFields, theirs: Content) -> None:
        super().__init__()
        self.merged, self.theirs = merged, theirs


@transaction.atomic
def edit(
    *, actor: User, entry: Entry, base: Content, content: Content, comment: str, today: date, key: str = ""
) -> EntryRevision:
    """Edit an entry, or suggest the edit. Idempotent by `key` and content: another text is another edit.

    `base` is the content that the author edited; changes made since then are merged. What the actor sent from the
    same form before was written over. Trusted users edit directly,
    except for tools to which they declared a connection. Raises NotPermittedError, SourceMissingError,
    NameTakenError, NothingChangedError, EditConflictError or EntryGoneError.
    """
    row = _locked(entry.kind, entry.key, base)
    stored = stored_key(key, [row.kind, row.key, content, comment]) if key else ""
    known = EntryRevision.objects.filter(author=actor, submission_key=stored).first() if key else None
    if known is not None:
        return known
    require("suggest_edit", actor)
    merged = _merged(row, _made_from_form(row, actor, key) or base, content, today)
    connection = disclosed_connections(actor, row.tools)
    revision = EntryRevision(
        kind=row.kind,
        key=row.key,
        before=row.content,
        after=merged,
        author=actor,
        comment=comment,
        connection=connection,
        submission_key=stored,
    )
    if may("edit_directly", actor) and not connection:
        _apply(row, revision, merged, today)
        _record(actor, "edit", revision)
        return revision
    revision.state = RevisionState.SUGGESTED
    revision.save()
    edit_submitted.send(sender=EntryRevision, post=revision)
    return revision


@transaction.atomic
def restore(*, actor: User, revision: EntryRevision, today: date) -> EntryRevision:
    """Restore the content of an entry after an applied edit. Raises the errors of `edit`."""
    entry = _locked(revision.kind, revision.key, revision.after)
    comment = f"Back to version {revision.number}"
    return edit(actor=actor, entry=entry, base=entry.content, content=revision.after, comment=comment, today=today)


@transaction.atomic
def accept(*, actor: User, revision: EntryRevision, today: date) -> EntryRevision:
    """Apply a suggestion, merged with changes made since it was written.

    Raises EditNotAllowedError or AlreadyDecidedError, and the errors of `edit`.
    """
    row, suggestion = _undecided(revision)
    _require_may_decide(actor, suggestion, row)
    merged = _merged(row, suggestion.before, suggestion.after, today)
    _decide(suggestion, actor, RevisionState.APPLIED, "")
    suggestion.before = row.content
    _apply(row, suggestion, merged, today)
    edit_settled.send(sender=EntryRevision, post=suggestion)
    _record(actor, "accept-edit", suggestion)
    _notify_author(suggestion, "was accepted")
    edit_accepted.send(sender=EntryRevision, author=suggestion.author)
    return suggestion


@transaction.atomic
def decline(*, actor: User, revision: EntryRevision, reason: str) -> EntryRevision:
    """Decline a suggestion, with a reason. Raises EditNotAllowedError or AlreadyDecidedError."""
    row, suggestion = _undecided(revision)
    _require_may_decide(actor, suggestion, row)
    _decide(suggestion, actor, RevisionState.DECLINED, reason)
    suggestion.save()
    edit_settled.send(sender=EntryRevision, post=suggestion)
    _record(actor, "decline-edit", suggestion)
    _notify_author(suggestion, f"was declined: {reason}")
    return suggestion


@transaction.atomic
def reopen(*, actor: User, revision: EntryRevision) -> EntryRevision:
    """Return a declined suggestion to the review queue. Raises AlreadyDecidedError or EntryGoneError."""
    _locked(revision.kind, revision.key, revision.before)
    row = EntryRevision.objects.get(pk=revision.pk)
    if row.state != RevisionState.DECLINED:
        raise AlreadyDecidedError
    row.state, row.decision_reason, row.decided_by, row.decided_at = RevisionState.SUGGESTED, "", None, None
    row.save()
    edit_submitted.send(sender=EntryRevision, post=row)
    _record(actor, "reopen-edit", row)
    return row


@transaction.atomic
def remove(*, actor: User, revision: EntryRevision, today: date) -> EntryRevision:
    """Revert an accepted suggestion; changes made by others since then are kept.

    Raises AlreadyDecidedError and the errors of `edit`.
    """
    row = EntryRevision.objects.get(pk=revision.pk)
    if row.state != RevisionState.APPLIED:
        raise AlreadyDecidedError
    entry = _locked(row.kind, row.key, row.after)
    comment = f"Version {row.number} was taken back"
    return edit(actor=actor, entry=entry, base=row.after, content=row.before, comment=comment, today=today)


@transaction.atomic
def withdraw(*, actor: User, revision: EntryRevision) -> EntryRevision:
    """Withdraw the actor's own suggestion. Raises EditNotAllowedError or AlreadyDecidedError."""
    _, suggestion = _undecided(revision)
    if suggestion.author != actor:
        raise EditNotAllowedError("It is not yours.", "not-yours")
    # The same form sent once more is a new suggestion, not this one.
    suggestion.state, suggestion.submission_key = RevisionState.WITHDRAWN, ""
    suggestion.save()
    edit_settled.send(sender=EntryRevision, post=suggestion)
    return suggestion


@transaction.atomic
def declare_connection(*, actor: User, tool: Tool, words: str) -> Connection:
    """Declare the actor's connection to a tool, or update its description."""
    row, _ = Connection.objects.update_or_create(user=actor, tool=tool, defaults={"words": words})
    log.record(actor=actor.handle, verb="connection.declare", target=tool.slug)
    return row


@transaction.atomic
def end_connection(*, actor: User, connection: Connection) -> None:
    """Delete the actor's connection to a tool; earlier edits keep the declaration."""
    Connection.objects.filter(pk=connection.pk, user=actor).delete()
    log.record(actor=actor.handle, verb="connection.end", target=connection.tool.slug)


def _made_from_form(row: Entry, actor: User, key: str) -> Content | None:
    """Return the content of an entry after the last edit that the actor made from the same copy of the form."""
    if not key:
        return None
    sent = EntryRevision.objects.of_entry(row.kind, row.key).filter(author=actor, state=RevisionState.APPLIED)
    last = sent.filter(submission_key__startswith=form_part(key)).order_by("-number").first()
    return last.after if last else None


def _merged(row: Entry, base: Content, content: Content, today: date) -> Content:
    # A version from before a field was introduced says nothing on it.
    merged = merge_fields(row.content | base, row.content | content, row.content)
    if merged.conflicts:
        raise EditConflictError(merged, row.content)
    if merged.values == row.content:
        raise NothingChangedError
    require_sources(row.kind, merged.values, today)
    return merged.values


def _locked(kind: str, key: str, content: Content) -> Entry:
    found = find(kind, key, scope_of(content), lock=True)
    if found is None:
        raise EntryGoneError
    return found


def _undecided(revision: EntryRevision) -> tuple[Entry, EntryRevision]:
    """Lock the entry and return it with the suggestion as it is now. Raises AlreadyDecidedError."""
    entry = _locked(revision.kind, revision.key, revision.before)
    row = EntryRevision.objects.get(pk=revision.pk)
    if row.state != RevisionState.SUGGESTED:
        raise AlreadyDecidedError
    return entry, row


def _require_may_decide(actor: User, suggestion: EntryRevision, entry: Entry) -> None:
    refusal = access.why_not_decide(actor, suggestion, entry)
    if refusal:
        raise EditNotAllowedError(refusal)


def _decide(suggestion: EntryRevision, actor: User, state: RevisionState, reason: str) -> None:
    suggestion.state, suggestion.decision_reason = state, reason
    suggestion.decided_by, suggestion.decided_at = actor, timezone.now()


def _apply(row: Entry, revision: EntryRevision, content: Content, today: date) -> None:
    write(row, content, today)
    written: Any = find(row.kind, row.key, scope_of(content))
    last = EntryRevision.objects.of_entry(row.kind, row.key).first()
    revision.after, revision.state = written.content, RevisionState.APPLIED
    revision.number = (last.number or 0) + 1 if last else 1
    revision.save()


def _notify_author(suggestion: EntryRevision, words: str) -> None:
    if suggestion.author is not None:
        notifications.notify(
            recipients=[suggestion.author],
            kind=NotificationKind.OWN_WORK,
            key=key_of_news(suggestion),
            text=f"Your edit of {suggestion.key} {words}",
            address=reverse("entry_revision", kwargs={"pk": suggestion.pk}),
        )


def _record(actor: User, verb: str, revision: EntryRevision) -> None:
    log.record(
        actor=actor.handle,
        verb=f"directory.{verb}",
        target=f"{revision.kind} {revision.key}",
        after={"version": revision.number, "revision": revision.pk},
    )
