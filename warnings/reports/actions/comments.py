"""Post, edit, delete and decide comments. Each action is one transaction."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import notifications
from accounts.choices import NotificationKind
from accounts.models import User
from accounts.notification_keys import key_of_news, key_of_warning
from accounts.permissions import may, require, why_suspended
from common.errors import ForewarnedError, Sentence
from common.submission_keys import content_part, stored_key
from reports import erase
from reports.actions.status import change_status
from reports.actions.trust import look_again
from reports.actions.warnings import recount, recount_votes, rendered
from reports.choices import Stance, Status
from reports.locks import lock_posts
from reports.mentions import mentioned, spoken_text
from reports.models import Comment, Warning
from reports.policies import comments
from reports.signals import post_submitted, posts_changed
from reports.tasks import tell_watchers

MOST_MENTIONS = 5

ANSWERED_GONE = "answered-gone"
SENT_AGAIN = timedelta(days=1)
SHOWN = "is shown"
NEW_COMMENT = "There is a new comment on your warning"


class CommentError(ForewarnedError):
    """The actor may not perform this action on the comment, or not any more; the message says why."""

    status = HTTPStatus.FORBIDDEN


@transaction.atomic
def post_comment(
    *,
    actor: User,
    warning: Warning,
    body: str,
    stance: Stance,
    submission_key: uuid.UUID,
    parent: Comment | None = None,
    answering: uuid.UUID | None = None,
    hints: Sequence[Mapping[str, Any]] = (),
) -> Comment:
    """Post a comment on a warning. Idempotent by `submission_key` and content: another text is another comment.

    `answering` is what the form says of the answered comment, which may be gone by now, so that `parent` is None.

    A reply to a reply is stored as a reply to the top-level comment. Members' comments are published at once, those
    of new users after moderation. Raises CommentError or NotPermittedError.
    """
    row = lock_posts(warning)
    parent = _still_there(parent)
    if row.status != Status.PUBLISHED or row.locked:
        raise CommentError("This discussion is closed.", "closed")
    top = parent.parent if parent and parent.parent else parent
    # Includes the comment that is answered, so that the same words to another person are another comment.
    answering = answering or (parent.public_id if parent else None)
    content = [actor, row, answering, body, stance]
    key = stored_key(str(submission_key), content)
    known = Comment.objects.filter(submission_key=key).first()
    known = known or _sent_before(content_part(content), actor, row, body)
    if known is not None:
        _require_not_refused(known)
        return known
    if answering is not None and parent is None:
        raise CommentError(
            "The comment that you answered is gone. Send yours once more to post it as one of its own.", ANSWERED_GONE
        )
    own = row.author_id == actor.pk
    require("comment", actor, own=own)
    comment = Comment.objects.create(
        warning=row,
        parent=top,
        level=1 if top else 0,
        author=actor,
        stance=stance,
        submission_key=key,
        hints=list(hints),
        **rendered(body, Comment),
    )
    post_submitted.send(sender=Comment, post=comment)
    if may("comment_at_once", actor, own=own) and not hints:
        change_status(actor="system", post=comment, status=Status.PUBLISHED, reason="by a member")
        _appeared(comment, answered=parent)
    return comment


@transaction.atomic
def edit_comment(
    *, actor: User, comment: Comment, body: str, stance: Stance, hints: Sequence[Mapping[str, Any]] = ()
) -> Comment:
    """Edit the actor's own comment while editing is allowed, and mark it as edited.

    A published comment with `hints` returns to the review queue. Raises CommentError.
    """
    row = _locked(comment)
    if not comments.may_edit(actor, row, timezone.now()):
        too_late = "A comment can be changed for half an hour. Write another one instead."
        raise CommentError(why_suspended(actor) or too_late)
    if (row.body, row.stance) == (body, stance):
        return row
    for name, value in rendered(body, Comment).items():
        setattr(row, name, value)
    row.stance, row.edited_at, row.hints = stance, timezone.now(), list(hints)
    row.save()
    post_submitted.send(sender=Comment, post=row)
    if hints and row.status == Status.PUBLISHED:
        reason = "changed by its author, with personal data in it"
        change_status(actor="system", post=row, status=Status.PENDING, reason=reason)
        _recount_around(row)
    posts_changed.send(sender=Comment, keys=[row.pk])
    return row


@transaction.atomic
def delete_comment(*, actor: User, comment: Comment) -> None:
    """Delete the actor's own comment.

    A comment with replies, flags, legal notices or appeals is kept without its text. Raises CommentError.
    """
    row = _locked(comment)
    if not comments.may_delete(actor, row):
        raise CommentError(why_suspended(actor) or Sentence("You cannot delete this comment.", "not-deletable"))
    if row.status == Status.PENDING:
        change_status(actor=actor.handle, post=row, status=Status.WITHDRAWN, reason="deleted by its author")
    erase.delete_comment(row)
    _recount_around(row)
    look_again(actor)


@transaction.atomic
def decide_comment(*, actor: User, comment: Comment, status: Status, reason: str) -> None:
    """Publish or decline a pending comment, or unpublish a published one. Raises InvalidTransitionError."""
    held = lock_posts(comment)
    comment.warning, comment.parent = held.warning, held.parent
    again = comment.published_at is not None
    change_status(actor=actor.handle, post=comment, status=status, reason=reason)
    if status == Status.PUBLISHED and not again:
        _appeared(comment, answered=comment.parent)
    else:
        # It was published before its author edited it, so subscribers already know about it.
        _recount_around(comment)
    if comment.author is not None:
        words = SHOWN if status == Status.PUBLISHED else f"is not shown: {reason}"
        notifications.notify(
            recipients=[comment.author],
            kind=NotificationKind.OWN_WORK,
            key=key_of_news(comment),
            text=f"Your comment on “{comment.warning.title}” {words}",
            address=comment.get_absolute_url() if status == Status.PUBLISHED else comment.warning.get_absolute_url(),
        )
        look_again(comment.author)


def _require_not_refused(comment: Comment) -> None:
    if comment.status not in {Status.PUBLISHED, Status.PENDING} and comment.deleted_at is None:
        raise CommentError(
            "You wrote this here before, and it is not shown. If you want to say it in another way, change the text.",
            "not-shown-before",
        )


def _sent_before(content: str, actor: User, warning: Warning, body: str) -> Comment | None:
    """Return the actor's comment with the same content, posted from another copy of the form, as after Back."""
    own = Comment.objects.filter(author=actor, warning=warning, body=body, deleted_at__isnull=True)
    return own.filter(submission_key__endswith=content, created_at__gt=timezone.now() - SENT_AGAIN).first()


def _locked(comment: Comment) -> Comment:
    row = _still_there(comment)
    if row is None:
        raise CommentError("This comment was deleted meanwhile.", "deleted")
    return row


def _still_there(comment: Comment | None) -> Comment | None:
    """Lock a comment and return it, or None if it was deleted."""
    try:
        return lock_posts(comment) if comment is not None else None
    except Comment.DoesNotExist:
        return None


def _recount_around(comment: Comment) -> None:
    """Recount the warning and the parent that a comment counts towards."""
    recount(warning=comment.warning)
    if comment.parent:
        recount_votes(post=comment.parent)


def _appeared(comment: Comment, *, answered: Comment | None) -> None:
    """Update counters and send notifications when a comment is first published."""
    _recount_around(comment)
    notified = {comment.author_id}
    if answered and answered.author and answered.author_id not in notified:
        notified.add(answered.author_id)
        _tell([answered.author], NotificationKind.ANSWER, comment, "Somebody answered your comment on")
    for user in mentioned(spoken_text(comment.body_html))[:MOST_MENTIONS]:
        if user.pk not in notified:
            notified.add(user.pk)
            _tell([user], NotificationKind.MENTION, comment, "Somebody mentioned you on")
    author = comment.warning.author
    if author and author.pk not in notified:
        notified.add(author.pk)
        _tell([author], NotificationKind.OWN_WARNING, comment, NEW_COMMENT)
    tell_watchers.enqueue(
        warning=comment.warning_id, address=comment.get_absolute_url(), but=sorted(filter(None, notified))
    )


def _tell(users: Sequence[User], kind: NotificationKind, comment: Comment, words: str) -> None:
    notifications.notify(
        recipients=users,
        kind=kind,
        key=key_of_warning(kind, comment.warning_id),
        text=f"{words} “{comment.warning.title}”",
        address=comment.get_absolute_url(),
    )
