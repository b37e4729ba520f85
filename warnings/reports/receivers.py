"""What happens here when an account is erased."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_erased, account_leaving
from directory.signals import edit_accepted
from reports.leaving import actions as leaving
from reports.models import Covering, Draft, FeedAddress, Revision, Watch
from reports.submitting import actions, evidence
from reports.voting.actions import erase_votes
from reports.voting.trusting import look_again, settle_trust
from reports.words import RevisionState


@receiver(edit_accepted, dispatch_uid="reports.trust")
def count_the_edit(author: User | None, **_: Any) -> None:
    """An edit of the directory that others accepted counts for its author's trust."""
    look_again(author)


@receiver(post_delete, sender=Covering, dispatch_uid="reports.covering")
def throw_the_picture_of_before_away(instance: Covering, **_: Any) -> None:
    """With a picture goes what was there before parts of it were covered."""
    if instance.stored_name:
        transaction.on_commit(partial(evidence.throw_away, [instance.stored_name]))


@receiver(account_leaving)
def hold_what_they_wrote(user: User, **_: Any) -> None:
    """All warnings that an account has to do with are held at once."""
    leaving.hold_everything(author=user)


@receiver(account_erased)
def erase_unpublished(user: User, **_: Any) -> None:
    """Votes, watches, drafts, suggestions and what nobody can read go with the account."""
    Revision.objects.filter(author=user).exclude(state=RevisionState.APPLIED).delete()
    Revision.objects.filter(author=user).update(connection="")
    erase_votes(voter=user)
    Watch.objects.filter(user=user).delete()
    FeedAddress.objects.filter(user=user).delete()
    for draft in Draft.objects.filter(owner=user):
        actions.delete_draft(draft=draft)
    leaving.erase_unpublished(author=user)
    # Where they reported or spoke they count as nobody with standing from now on.
    settle_trust.enqueue(person=user.pk)
