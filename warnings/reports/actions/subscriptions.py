"""Subscribe to posts and directory entries, and manage private feeds. Each action is one transaction."""

import secrets
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.db import transaction

from accounts.models import User
from common.errors import ForewarnedError, Sentence
from reports.models import FeedAddress, Subscription, Tag, Warning

MOST_WATCHED = 500


class TargetGoneError(ForewarnedError):
    """The target was merged or removed before the subscription was saved."""

    status = HTTPStatus.GONE
    sentence = Sentence("This tag was merged or removed just now.", "tag-gone")


class TooManySubscriptionsError(ForewarnedError):
    """The user has the maximum number of subscriptions."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


@transaction.atomic
def watch(*, actor: User, target: Any) -> None:
    """Subscribe to a warning, tool, tag or marketplace. Idempotent.

    Raises TooManySubscriptionsError or TargetGoneError.
    """
    # Lock the tag, so that it cannot be merged or removed before the subscription is saved.
    if isinstance(target, Tag) and Tag.objects.select_for_update().filter(pk=target.pk).first() is None:
        raise TargetGoneError
    name = target._meta.model_name
    if not Subscription.objects.by(actor).filter(**{name: target}).exists():
        if Subscription.objects.by(actor).count() >= MOST_WATCHED:
            raise TooManySubscriptionsError(
                f"You watch {MOST_WATCHED} things. Stop watching one first.", "too-many-watched"
            )
        Subscription.objects.get_or_create(user=actor, **{name: target})


@transaction.atomic
def stop_watching(*, actor: User, target: Any) -> None:
    """Delete a subscription."""
    Subscription.objects.filter(user=actor, **{target._meta.model_name: target}).delete()


@transaction.atomic
def mark_seen(*, actor: User, warning: Warning, until: datetime) -> None:
    """Record the time up to which a user has seen the posts under a warning that they watch."""
    Subscription.objects.filter(user=actor, warning=warning, seen_at__lt=until).update(seen_at=until)


@transaction.atomic
def renew_feed(*, actor: User) -> str:
    """Replace the secret address of a user's private feed; return the new secret, which is shown only once."""
    secret = secrets.token_urlsafe(24)
    FeedAddress.objects.update_or_create(user=actor, defaults={"secret_hash": FeedAddress.hash_of(secret)})
    return secret


@transaction.atomic
def close_feed(*, actor: User) -> None:
    """Delete the address of a user's private feed."""
    FeedAddress.objects.filter(user=actor).delete()
