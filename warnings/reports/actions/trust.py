"""Update trust levels and the weight of votes when a user's record changes."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from accounts.actions import accounts, notifications
from accounts.choices import NotificationKind, TrustLevel
from accounts.models import User
from accounts.permissions import PERMISSIONS, STAFF
from accounts.trust import level_of
from directory.choices import RevisionState
from reports.actions import warnings as warning_actions
from reports.locks import lock_posts
from reports.models import Comment, Report, Revision, Vote, Warning
from reports.reputation import reputation_of


def has_standing(user: User) -> bool:
    """Return whether the user's trust level lets their votes affect sorting."""
    return user.trust_level in PERMISSIONS["vote_counts"].others


def look_again(person: User | None) -> None:
    """Update a user's trust level in the background if their record now earns another one."""
    user = User.objects.filter(pk=person.pk).first() if person is not None else None
    if user is not None and _earned(user) != user.trust_level:
        settle_trust.enqueue(person=user.pk)


@task()
def settle_trust(person: int) -> None:
    """Set the trust level that a user's record earns, and reweight their votes."""
    user = User.objects.filter(pk=person).first()
    if user is not None:
        settle(user)


@task()
def look_at_everybody_on(warning: int) -> None:
    """Re-evaluate everyone who reported, commented or edited here, after a warning was unpublished or restored."""
    wrote = (
        *(Report.objects.filter(warning=warning), Comment.objects.filter(warning=warning)),
        Revision.objects.filter(warning=warning, state=RevisionState.APPLIED),
    )
    keys = {key for rows in wrote for key in rows.order_by().values_list("author", flat=True).distinct()}
    for user in User.objects.filter(pk__in=keys).order_by("pk"):
        look_again(user)


def settle(user: User) -> None:
    """Set a user's trust level and reweight their votes now, each step in its own transaction."""
    refresh_trust(person=user)
    for post in _weighed(User.objects.get(pk=user.pk)):
        refresh_standing(person=user, post=post)


@transaction.atomic
def refresh_trust(*, person: User) -> None:
    """Set the trust level that a user's record earns, and notify them."""
    user = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    level = _earned(user)
    if level == user.trust_level:
        return
    accounts.set_trust_level(user=user, level=level, reason="worked out from their record")
    notifications.notify(
        recipients=[user],
        kind=NotificationKind.TRUST,
        key="trust",
        text=f"Your trust level is now: {level.label}",
        address=reverse("profile", kwargs={"handle": user.handle}),
    )


@transaction.atomic
def refresh_standing(*, person: User, post: Warning | Comment) -> None:
    """Reweight a user's vote on a warning or comment by their trust level."""
    row, user = lock_posts(post), User.objects.get(pk=person.pk)
    votes = Vote.objects.on(row).by(user)
    votes.exclude(standing=has_standing(user)).update(standing=has_standing(user))
    counted(row)


def counted(row: Warning | Comment) -> Warning | Comment:
    """Recount the votes of a locked post, re-evaluate its author's trust and return the post."""
    warning_actions.recount_votes(post=row)
    look_again(row.author)
    return row


def _earned(user: User) -> TrustLevel:
    """Return the level that a record earns; staff keep their level, and erased accounts earn none."""
    if user.trust_level in STAFF or user.erased_at:
        return TrustLevel(user.trust_level)
    return level_of(reputation_of(user, timezone.now()))


def _weighed(user: User) -> Iterable[Warning | Comment]:
    """Return the posts whose counters depend on a user's level: those they voted for or took part in."""
    stale = Vote.objects.by(user).exclude(standing=has_standing(user))
    spoke = Comment.objects.published().filter(author=user)
    warnings = Warning.objects.filter(
        Q(pk__in=stale.filter(warning__isnull=False).values("warning"))
        | Q(pk__in=Report.objects.published().filter(author=user).values("warning"))
        | Q(pk__in=spoke.values("warning"))
    )
    comments = Comment.objects.filter(
        Q(pk__in=stale.filter(comment__isnull=False).values("comment"))
        | Q(pk__in=spoke.filter(parent__isnull=False).values("parent"))
    )
    yield from warnings.order_by("pk")
    yield from comments.order_by("pk")
