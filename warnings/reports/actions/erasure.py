"""Erase posts when an account is erased. Each action is one transaction."""

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from reports.actions.status import change_status
from reports.actions.warnings import recount, recount_votes
from reports.choices import Status
from reports.erase import delete_comment, erase_comment, erase_report, erase_summary, erase_warning
from reports.locks import lock_all, lock_warnings
from reports.models import Comment, Report, Vote, Warning

_ACTOR, _REASON = "former member", "its author's account was erased"
# Statuses that are not public and only a step in the history of a post.
_GONE = (Status.WITHDRAWN, Status.MERGED)


@transaction.atomic
def lock_everything(*, author: User) -> None:
    """Lock all warnings a user wrote, reported on, commented on or voted for, and the comments they voted for."""
    own = Q(author=author)
    for model in (Report, Comment):
        own |= Q(pk__in=model._default_manager.filter(author=author).values("warning"))
    lock_all([*Warning.objects.filter(own), *Vote.objects.by(author).posts()])


@transaction.atomic
def erase_unpublished(*, author: User) -> None:
    """Erase a user's posts that are not public: pending, declined, unpublished or hidden ones.

    They stay hidden even if a decision is undone later. Public posts are kept, as are warnings with reports by
    others; of a warning that is not public only the title is kept.
    """
    unread = ~Q(status__in=_GONE) & (~Q(status=Status.PUBLISHED) | ~Q(warning__status__in=(Status.PUBLISHED, *_GONE)))
    found, said = Report.objects.filter(unread, author=author), Comment.objects.filter(unread, author=author)
    hidden = Warning.objects.filter(author=author).exclude(status__in=(Status.PUBLISHED, *_GONE))
    keys = {*found.values_list("warning", flat=True), *said.values_list("warning", flat=True)}
    held = lock_warnings({*keys, *hidden.values_list("pk", flat=True)})
    for report in found.select_for_update(of=("self",)).order_by("pk"):
        _withdraw(report)
        erase_report(report)
    for comment in said.select_for_update(of=("self",)).order_by("pk"):
        waited = comment.status == Status.PENDING
        _withdraw(comment)
        if waited:
            delete_comment(comment)
        else:
            erase_comment(comment)
        if comment.parent is not None:
            recount_votes(post=comment.parent)
    for warning in hidden.order_by("pk"):
        _erase(warning, author)
    for key in held:
        recount(warning=Warning.objects.get(pk=key))


def _erase(warning: Warning, author: User) -> None:
    """Erase a warning without reports by others; otherwise erase only its author's summary and keep the title."""
    others = Report.objects.filter(warning=warning).exclude(author=author)
    if not others.exclude(status__in=(Status.DECLINED, Status.WITHDRAWN)).exists():
        _withdraw(warning)
        erase_warning(warning)
        return
    last = warning.revisions.applied().newest_first().first()
    if last is None or last.author_id == author.pk:
        erase_summary(warning)


def _withdraw(post: Warning | Report | Comment) -> None:
    if post.status == Status.PUBLISHED:
        change_status(actor=_ACTOR, post=post, status=Status.UNPUBLISHED, reason="its warning is not shown")
    change_status(actor=_ACTOR, post=post, status=Status.WITHDRAWN, reason=_REASON)
