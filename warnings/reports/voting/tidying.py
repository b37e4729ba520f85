"""What time changes of votes and trust, looked at once a day."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.choices import TrustLevel
from accounts.models import User
from accounts.trust import DAYS_OF_TRUSTED, FORGETS_AFTER_DAYS
from reports.models import Comment, Report, Vote, Warning
from reports.voting.actions import restore_votes
from reports.voting.trusting import settle
from reports.words import Status, VoidReason

# What time changed within so many days is looked at, so that a few days without the timer lose nothing.
LOOKS_BACK = timedelta(days=30)
BATCH = 200


def tidy(*, now: datetime) -> tuple[int, int]:
    """Give back the votes of those whose suspension is over, and write anew the trust of those whom the days since
    then changed; return how many votes came back and how many people were looked at."""
    voided = Vote.objects.filter(void_reason=VoidReason.SUSPENDED).values("user")
    over = User.objects.filter(pk__in=voided).exclude(suspended_until__gt=now)
    votes = sum(
        restore_votes(actor="system", voter=user, reason=VoidReason.SUSPENDED) for user in over.order_by("pk")
    )
    keys = list(_changed_by_time(now).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        for user in User.objects.filter(pk__in=keys[start : start + BATCH]).order_by("pk"):
            settle(user)
    return votes, len(keys)


def _changed_by_time(now: datetime) -> QuerySet[User]:
    """Whose record another day changes: members who are here long enough by now, and people of whom something was
    taken down so long ago that it is forgotten."""
    forgotten = now - timedelta(days=FORGETS_AFTER_DAYS)
    taken_down = {
        "status": Status.UNPUBLISHED,
        "taken_down_at__lt": forgotten,
        "taken_down_at__gte": forgotten - LOOKS_BACK,
    }
    old_enough = now - timedelta(days=DAYS_OF_TRUSTED)
    grown = Q(trust_level=TrustLevel.MEMBER, joined_at__lte=old_enough, joined_at__gt=old_enough - LOOKS_BACK)
    for model in (Warning, Report, Comment):
        grown |= Q(
            trust_level__in=(TrustLevel.NEW, TrustLevel.MEMBER),
            pk__in=model._default_manager.filter(**taken_down).values("author"),
        )
    return User.objects.filter(grown, erased_at__isnull=True)
