"""Edit warnings, suggest edits and decide suggestions. Each action is one transaction."""

from http import HTTPStatus

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
from common.text.merge import MergedFields
from directory.choices import RevisionState
from directory.disclosures import disclosed_connections
from reports.actions.status import audit_target
from reports.actions.trust import look_again
from reports.actions.warnings import rendered, save_first_version, set_links, set_tags
from reports.choices import Status
from reports.locks import lock_posts
from reports.models import Revision, Warning
from reports.policies import access
from reports.signals import post_settled, post_submitted, posts_changed
from reports.tasks import tell_watchers
from reports.version_text import LINKS, TEXTS, Fields, fields_now, fields_of, fields_of_version, links_of, merged_now

ACCEPTED = "was accepted"
DECLINED = "was declined"
EDITED = "was edited"
SAID_ALREADY = Sentence("The warning says this already. Decline it, with that as the reason.", "nothing-changed")


class EditingClosedError(ForewarnedError):
    """The warning is no longer published, or is locked for everyone but moderators."""

    sentence = Sentence("The warning is not open for edits any more.", "closed")


class NothingChangedError(ForewarnedError):
    """The edit does not change anything."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = Sentence("Nothing is changed yet: this is what the warning says already.", "nothing-changed")


class EditNotAllowedError(ForewarnedError):
    """The actor may not decide on this suggestion; the message says why."""

    status = HTTPStatus.FORBIDDEN


class AlreadyDecidedError(ForewarnedError):
    """The suggestion was already accepted, declined or withdrawn."""

    sentence = Sentence("This was decided meanwhile.", "decided")


class TextRemovedError(ForewarnedError):
    """The text of the version was removed, so it cannot be restored."""

    status = HTTPStatus.GONE
    sentence = Sentence("The text of that version was removed, so it cannot be restored.", "text-removed")


class EditConflictError(ForewarnedError):
    """Others changed the same passages; `merged` has their changes elsewhere and this edit's text there."""

    sentence = Sentence(
        "Others changed the same places since. Its author can make the edit again, or you make it yourself.",
        "overlaps",
    )

    def __init__(self, merged: MergedFields, theirs: Fields, version: int) -> None:
        super().__init__()
        self.merged, self.theirs, self.version = merged, theirs, version


@transaction.atomic
def edit(*, actor: User, warning: Warning, fields: Fields, based_on: int, comment: str, key: str = "") -> Revision:
    """Edit a warning, or suggest the edit. Idempotent by `key` and content: another text is another edit.

    Merges changes made since version `based_on`, or since the version that the actor made from the same form, because
    a second text was written over that one. Trusted users edit directly, except where the edit concerns a tool to
    which they declared a connection. Raises NotPermittedError, EditingClosedError, NothingChangedError or
    EditConflictError.
    """
    row = _locked(warning)
    stored = stored_key(key, [row, fields, comment]) if key else ""
    known = row.revisions.filter(author=actor, submission_key=stored).first() if key else None
    if known is not None:
        return known
    own = row.author_id == actor.pk
    require("suggest_edit", actor, own=own)
    _require_open(actor, row)
    merged = _merged(row, fields, max(based_on, _made_from_form(row, actor, key)))
    connection = disclosed_connections(actor, {*merged["tools"], *fields_now(row)["tools"]})
    revision = Revision(
        warning=row, based_on=row.version, author=actor, comment=comment, connection=connection, submission_key=stored
    )
    if may("edit_directly", actor, own=own) and not connection:
        _apply(row, revision, merged)
        _record(actor, "edit", row, revision)
        _notify_of_edit(row, actor)
        return revision
    _fill(revision, merged)
    revision.state = RevisionState.SUGGESTED
    revision.save()
    post_submitted.send(sender=Revision, post=revision)
    return revision


@transaction.atomic
def restore(*, actor: User, warning: Warning, number: int) -> Revision:
    """Restore an older version as a new version or a suggestion.

    Raises TextRemovedError, EditingClosedError or NothingChangedError.
    """
    row = _locked(warning)
    save_first_version(warning=row)
    fields = fields_of_version(row, number)
    if fields is None:
        raise TextRemovedError
    comment = f"Back to version {number}"
    try:
        return edit(actor=actor, warning=row, fields=fields, based_on=row.version, comment=comment)
    except NothingChangedError:
        words = f"The warning says what version {number} says already."
        raise NothingChangedError(words, "same-version") from None


@transaction.atomic
def accept(*, actor: User, revision: Revision) -> Revision:
    """Apply a suggestion, merged with changes made since it was written.

    Raises EditNotAllowedError or AlreadyDecidedError, and the errors of `edit`.
    """
    row = _locked(revision.warning)
    suggestion = _undecided(revision)
    _require_may_decide(actor, suggestion)
    _require_open(actor, row)
    merged = _merged(row, fields_of(suggestion), suggestion.based_on, unchanged=SAID_ALREADY)
    _decide(suggestion, actor, RevisionState.APPLIED, "")
    _apply(row, suggestion, merged)
    post_settled.send(sender=Revision, post=suggestion)
    _record(actor, "accept-edit", row, suggestion)
    _notify_author(suggestion, ACCEPTED)
    _notify_of_edit(row, suggestion.author)
    look_again(suggestion.author)
    return suggestion


@transaction.atomic
def decline(*, actor: User, revision: Revision, reason: str) -> Revision:
    """Decline a suggestion, with a reason. Raises EditNotAllowedError or AlreadyDecidedError."""
    row = _locked(revision.warning)
    suggestion = _undecided(revision)
    _require_may_decide(actor, suggestion)
    _decide(suggestion, actor, RevisionState.DECLINED, reason)
    suggestion.save()
    post_settled.send(sender=Revision, post=suggestion)
    _record(actor, "decline-edit", row, suggestion)
    _notify_author(suggestion, f"{DECLINED}: {reason}")
    return suggestion


@transaction.atomic
def reopen(*, actor: User, revision: Revision) -> Revision:
    """Return a declined suggestion to the review queue. Raises AlreadyDecidedError."""
    row = _locked(revision.warning)
    suggestion = Revision.objects.select_related("warning").get(pk=revision.pk)
    if suggestion.state != RevisionState.DECLINED:
        raise AlreadyDecidedError
    suggestion.state, suggestion.decision_reason = RevisionState.SUGGESTED, ""
    suggestion.decided_by, suggestion.decided_at = None, None
    suggestion.save()
    post_submitted.send(sender=Revision, post=suggestion)
    _record(actor, "reopen-edit", row, suggestion)
    return suggestion


@transaction.atomic
def remove(*, actor: User, revision: Revision) -> Revision:
    """Revert an accepted suggestion; changes made by others since then are kept.

    Raises AlreadyDecidedError, TextRemovedError, EditConflictError, NothingChangedError or EditingClosedError.
    """
    row = _locked(revision.warning)
    suggestion = Revision.objects.select_related("warning").get(pk=revision.pk)
    if suggestion.number is None:
        raise AlreadyDecidedError
    fields = fields_of_version(row, suggestion.number - 1)
    if fields is None:
        raise TextRemovedError
    comment = f"Version {suggestion.number} was taken back"
    return edit(actor=actor, warning=row, fields=fields, based_on=suggestion.number, comment=comment)


@transaction.atomic
def withdraw(*, actor: User, revision: Revision) -> Revision:
    """Withdraw the actor's own suggestion. Raises EditNotAllowedError or AlreadyDecidedError."""
    _locked(revision.warning)
    suggestion = _undecided(revision)
    if suggestion.author != actor:
        raise EditNotAllowedError("It is not yours.", "not-yours")
    # The same form sent once more is a new suggestion, not this one.
    suggestion.state, suggestion.submission_key = RevisionState.WITHDRAWN, ""
    suggestion.save()
    post_settled.send(sender=Revision, post=suggestion)
    return suggestion


def _made_from_form(row: Warning, actor: User, key: str) -> int:
    """Return the newest version that the actor made from the same copy of the edit form, or 0."""
    if not key:
        return 0
    sent = row.revisions.applied().filter(author=actor, submission_key__startswith=form_part(key))
    return max((revision.number or 0 for revision in sent), default=0)


def _merged(row: Warning, fields: Fields, based_on: int, *, unchanged: str = "") -> Fields:
    """Store a locked warning's first version if needed; return the merged fields. Raises the errors of `edit`."""
    save_first_version(warning=row)
    merged, now = merged_now(row, fields, based_on), fields_now(row)
    if merged.conflicts:
        raise EditConflictError(merged, now, row.version)
    if merged.values == now:
        raise NothingChangedError(unchanged)
    return merged.values


def _locked(warning: Warning) -> Warning:
    return lock_posts(warning)


def _require_open(actor: User, row: Warning) -> None:
    if row.status != Status.PUBLISHED or (row.locked and not may("edit_locked", actor)):
        raise EditingClosedError


def _require_may_decide(actor: User, suggestion: Revision) -> None:
    refusal = access.why_not_decide(actor, suggestion)
    if refusal:
        raise EditNotAllowedError(refusal)


def _undecided(revision: Revision) -> Revision:
    """Return the suggestion as it is now; the caller has locked its warning. Raises AlreadyDecidedError."""
    row = Revision.objects.select_related("warning").get(pk=revision.pk)
    if row.state != RevisionState.SUGGESTED:
        raise AlreadyDecidedError
    return row


def _decide(suggestion: Revision, actor: User, state: RevisionState, reason: str) -> None:
    suggestion.state, suggestion.decision_reason = state, reason
    suggestion.decided_by, suggestion.decided_at = actor, timezone.now()


def _fill(revision: Revision, fields: Fields) -> None:
    for name in TEXTS:
        setattr(revision, name, fields[name])
    revision.links = {name: fields[name] for name in LINKS}


def _apply(row: Warning, revision: Revision, fields: Fields) -> None:
    """Apply `fields` to a locked warning and make `revision` its newest version."""
    before = fields_now(row)
    row.version += 1
    # Unchanged texts keep the exact characters of the catalogue files.
    for name in ("title", "summary", "what_to_do"):
        if fields[name] != before[name]:
            setattr(row, name, fields[name])
    if fields["body"] != before["body"]:
        for name, value in rendered(fields["body"], Warning).items():
            setattr(row, name, value)
    row.save()
    if any(fields[name] != before[name] for name in ("tools", "tactics", "marketplaces")):
        set_links(warning=row, tools=fields["tools"], tactics=fields["tactics"], marketplaces=fields["marketplaces"])
    if fields["tags"] != before["tags"]:
        set_tags(warning=row, names=fields["tags"])
    posts_changed.send(sender=Warning, keys=[row.pk])
    # Store the resulting links: a tag may be a synonym, a tool may be gone.
    _fill(revision, fields | links_of(row))
    revision.state, revision.number = RevisionState.APPLIED, row.version
    revision.save()


def _notify_author(suggestion: Revision, words: str) -> None:
    if suggestion.author is None:
        return
    warning = suggestion.warning
    notifications.notify(
        recipients=[suggestion.author],
        kind=NotificationKind.OWN_WORK,
        key=key_of_news(suggestion),
        text=f"Your edit of “{warning.title}” {words}",
        address=reverse("suggestion", kwargs={"slug": warning.slug, "pk": suggestion.pk}),
    )


def _notify_of_edit(row: Warning, editor: User | None) -> None:
    """Notify the author of a warning and its subscribers of a new version."""
    notified = {editor.pk} if editor else set()
    address = reverse("history", kwargs={"slug": row.slug})
    if row.author and row.author.pk not in notified:
        notified.add(row.author.pk)
        notifications.notify(
            recipients=[row.author],
            kind=NotificationKind.OWN_WARNING,
            key=f"edited:{row.pk}",
            text=f"Your warning “{row.title}” {EDITED}",
            address=address,
        )
    tell_watchers.enqueue(warning=row.pk, address=address, but=sorted(notified))


def _record(actor: User, verb: str, row: Warning, revision: Revision) -> None:
    log.record(
        actor=log.UNNAMED if row.hides(actor.pk) else actor.handle,
        verb=f"warning.{verb}",
        target=audit_target(row),
        before={"version": revision.based_on},
        after={"version": revision.number, "revision": revision.pk},
    )
