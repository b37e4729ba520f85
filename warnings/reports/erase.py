"""Erase the words and images of posts: the only code that does, for withdrawals, deletions and erased accounts.

What stays is that there was something, and what was decided about it. It is withdrawn for good: no decision that is
undone and no moderator brings it back.
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
from reports.models import Comment, Evidence, Report, Warning
from reports.signals import comment_leaving, post_settled, posts_changed, posts_erased

TITLE = "Withdrawn"


def erase_report(row: Report) -> None:
    """Erase the words and pictures of a report that was withdrawn; pictures that are held stay until then, unseen."""
    held = row.held_until is not None and row.held_until >= timezone.localdate()
    if held:
        row.evidence.update(alt_text="", published=False)
    else:
        throw_pictures_away(row.evidence.all())
    row.messages.all().delete()
    row.body, row.body_html, row.proposed_tool, row.amount, row.currency = "", "", "", None, ""
    row.outcome, row.hints, row.remarks = Outcome.NOT_STATED, [], {}
    row.save()
    post_settled.send(sender=Report, post=row)
    _tell(row)


def erase_comment(row: Comment) -> None:
    """Erase the words of a comment that was withdrawn; what answers it stays."""
    row.body, row.body_html, row.stance, row.hints = "", "", Stance.NONE, []
    row.deleted_at = row.deleted_at or timezone.now()
    row.save()
    post_settled.send(sender=Comment, post=row)
    _tell(row)


def delete_comment(row: Comment) -> None:
    """Erase a comment's words, and the comment too where nothing hangs on it: no answer, nobody to be told."""
    erase_comment(row)
    kept = any(wanted for _, wanted in comment_leaving.send(sender=Comment, key=row.pk))
    if not kept and not row.answers.exists():
        row.delete()


def erase_warning(row: Warning) -> None:
    """Erase the words of a warning that was withdrawn, in all its versions, its tags, and its address."""
    warnings.set_tags(warning=row, names=())
    # Its address is made of the title; nothing leads from the old one to the new.
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
    """Erase what a warning says in short, in the words of the report that it began with; its title stays."""
    Warning.objects.filter(pk=row.pk).update(summary="")
    _tell(row)


def throw_pictures_away(rows: Any) -> int:
    """Erase pictures, and their files once the transaction is through; return how many."""
    names = list(rows.values_list("stored_name", flat=True))
    Evidence.objects.filter(stored_name__in=names).delete()
    transaction.on_commit(partial(evidence_store.throw_away, names))
    return len(names)


def _tell(row: Warning | Report | Comment, **more: Any) -> None:
    posts_changed.send(sender=type(row), keys=[row.pk], below=isinstance(row, Warning))
    posts_erased.send(sender=type(row), keys=[row.pk], **({"slugs": {}} | more))
