"""Receivers for account erasure, accepted directory edits, deleted images and login."""

from functools import partial
from typing import Any

from allauth.account.signals import user_logged_in
from django.contrib import messages
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import Http404, HttpRequest
from django.urls import Resolver404

from accounts.models import User
from accounts.signals import account_erased, account_leaving
from common.errors import ForewarnedError
from common.http.rate_limits import RateLimitedError, use
from directory.choices import RevisionState
from directory.signals import edit_accepted
from reports import evidence_store
from reports.actions import drafts, erasure, votes
from reports.actions.trust import look_again, settle_trust
from reports.actions.votes import erase_votes
from reports.models import Draft, FeedAddress, ImageRedaction, Revision, Subscription
from reports.pending_vote import VOTES, pop_pending_vote, vote_target
from reports.policies import access


@receiver(edit_accepted, dispatch_uid="reports.trust")
def count_the_edit(author: User | None, **_: Any) -> None:
    """Update the author's trust level when their directory edit was accepted."""
    look_again(author)


@receiver(post_delete, sender=ImageRedaction, dispatch_uid="reports.covering")
def throw_the_picture_of_before_away(instance: ImageRedaction, **_: Any) -> None:
    """Delete the retained original file of a deleted redaction."""
    if instance.stored_name:
        transaction.on_commit(partial(evidence_store.throw_away, [instance.stored_name]))


@receiver(account_leaving)
def lock_posts_of_author(user: User, **_: Any) -> None:
    """Lock everything related to an account before it is erased."""
    erasure.lock_everything(author=user)


@receiver(account_erased)
def erase_unpublished(user: User, **_: Any) -> None:
    """Erase the account's votes, subscriptions, drafts, suggestions and unpublished posts."""
    Revision.objects.filter(author=user).exclude(state=RevisionState.APPLIED).delete()
    Revision.objects.filter(author=user).update(connection="")
    erase_votes(voter=user)
    Subscription.objects.filter(user=user).delete()
    FeedAddress.objects.filter(user=user).delete()
    for draft in Draft.objects.filter(owner=user):
        drafts.delete_draft(draft=draft)
    erasure.erase_unpublished(author=user)
    # The account no longer counts as a participant anywhere.
    settle_trust.enqueue(person=user.pk)


@receiver(user_logged_in, dispatch_uid="reports.voting")
def cast_pending_vote(request: HttpRequest, user: Any, **_: Any) -> None:
    """Cast the vote that the user requested before login."""
    path = pop_pending_vote(request)
    if not path:
        return
    try:
        use(VOTES, str(user.pk))
        votes.cast_vote(actor=user, post=vote_target(path))
    except (Resolver404, RateLimitedError, Http404, access.WarningMergedError):
        return
    except ForewarnedError as refused:
        messages.error(request, refused.sentence, extra_tags=refused.code)
