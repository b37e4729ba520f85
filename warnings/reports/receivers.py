"""What happens here when an account is erased."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_erased
from reports.models import Comment, Draft, FeedAddress, Report, Vote, Watch
from reports.submitting import actions
from reports.voting.actions import take_back_vote
from reports.words import Status


@receiver(account_erased)
def erase_unpublished(user: User, **_: Any) -> None:
    """Votes, watches, drafts and what nobody has published yet go with the account."""
    for vote in Vote.objects.by(user).counting().select_related("warning", "comment"):
        take_back_vote(actor=user, thing=vote.thing)
    Vote.objects.by(user).delete()
    Watch.objects.filter(user=user).delete()
    FeedAddress.objects.filter(user=user).delete()
    for draft in Draft.objects.filter(owner=user):
        actions.delete_draft(draft=draft)
    for report in Report.objects.filter(author=user, status__in=actions.OPEN):
        actions.withdraw(report=report)
    Comment.objects.filter(author=user, status=Status.PENDING).delete()
