"""Erase the texts and images of posts after withdrawals, deletions and account erasure; no other module does.

That a post existed and what was decided about it is kept. An erased post stays withdrawn: neither undoing a decision
nor a moderator can restore it.
"""

import uuid
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Notification
from reports import evidence_store
from reports.actions import warnings
from reports.choices import Outcome, Stance
from reports.models import Comment, DeletedComment, Evidence, Report, Warning
from reports.signals import comment_leaving, post_settled, posts_changed, posts_erased

TITLE = "Withdrawn"


def erase_report(row: Report) -> None:
    """Erase the text and images of a withdrawn report; images under a legal hold are kept, unpublished."""
    held = row.held_until is not None and row.held_until >= timezone.localdate()
    if held:
        row.evidence.update(alt_text="", published=False)
    else:
        throw_pictures_away(row.evidence.all())
    row.messages.all().delete()
    row.body, row.body_html, row.proposed_tool, row.amount, row.currency = "", "", "", None, ""
    row.outcome, row.hints, row.remarks, row.sent_as = Outcome.NOT_STATED, [], {}, ""
    row.save()
    post_settled.send(sender=Report, post=row)
    _tell(row)


def erase_comment(row: Comment) -> None:
    """Erase the text of a withdrawn comment; replies to it are kept."""
    row.body, row.body_html, row.stance, row.hints = "", "", Stance.NONE, []
    # The same form sent once more is a new comment, not this one.
    row.submission_key = None
    row.deleted_at = row.deleted_at or timezone.now()
    row.save()
    post_settled.send(sender=Comment, post=row)
    _tell(row)


def delete_comment(row: Comment) -> None:
    """Erase a comment's text, and delete the comment if it has no replies and no receiver needs it."""
    erase_comment(row)
    kept = any(wanted for _, wanted in comment_leaving.send(sender=Comment, key=row.pk))
    if not kept and not row.answers.exists():
        if row.published_at:
            DeletedComment.objects.create(public_id=row.public_id, warning=row.warning)
        row.delete()


def erase_warning(row: Warning) -> None:
    """Erase the text of a withdrawn warning in all versions, its tags and its address."""
    warnings.set_tags(warning=row, names=())
    # The address contains the title; the old one does not redirect.
    old, neutral = row.slug, f"withdrawn-{uuid.uuid4().hex[:12]}"
    own = Q(recipient=row.author, text__contains=row.title) if row.author else Q(pk=None)
    for notice in Notification.objects.filter(own | Q(address__contains=f"/warnings/{old}/")):
        notice.text = notice.text.replace(f"“{row.title}”", f"“{TITLE}”")
        notice.address = notice.address.replace(f"/warnings/{old}/", f"/warnings/{neutral}/")
        notice.save(update_fields=["text", "address"])
    Warning.objects.filter(pk=row.pk).update(
        slug=neutral, title=TITLE, summary="", body="", body_html="", what_to_do=[]
    )
    row.revisions.update(title="", summary="", body="", what_to_do=[], comment="", redacted_at=timezone.now())
    _tell(row, slugs={old: neutral})


def erase_summary(row: Warning) -> None:
    """Erase a warning's summary, which came from the first report; its title is kept."""
    Warning.objects.filter(pk=row.pk).update(summary="")
    _tell(row)


def throw_pictures_away(rows: Any) -> int:
    """Delete images, and their files on commit; return how many."""
    names = list(rows.values_list("stored_name", flat=True))
    Evidence.objects.filter(stored_name__in=names).delete()
    transaction.on_commit(partial(evidence_store.throw_away, names))
    return len(names)


def _tell(row: Warning | Report | Comment, **more: Any) -> None:
    posts_changed.send(sender=type(row), keys=[row.pk], below=isinstance(row, Warning))
    posts_erased.send(sender=type(row), keys=[row.pk], **({"slugs": {}} | more))
