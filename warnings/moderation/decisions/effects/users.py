"""Effects of decisions on users and their votes."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.actions import accounts
from accounts.choices import TrustLevel
from accounts.models import User
from accounts.permissions import STAFF
from moderation.choices import Act
from moderation.decisions.available import handles_in, person_of_case
from moderation.decisions.effects.base import Context, Effect
from moderation.decisions.input import Outcome
from moderation.errors import ActionRefusedError
from moderation.models import Decision
from reports.actions import votes as vote_actions
from reports.choices import VoidReason
from reports.models import Alarm

LONGEST_DAYS = 3_650


class AccountWarning(Effect):
    """Warn a user: they are notified, and nothing else changes."""

    def apply(self, context: Context) -> Outcome:
        """Record the state of the account."""
        state = _state(_lock_person(context))
        return Outcome(before=[state], after=[state])

    def revert(self, decision: Decision, actor: User) -> None:
        """Do nothing; the user is notified that the warning was undone."""


class Suspension(Effect):
    """Suspend a user, or end a suspension early."""

    def apply(self, context: Context) -> Outcome:
        """Suspend the user of a case for a number of days, or end the suspension."""
        user, actor, choice = _lock_person(context), context.actor, context.choice
        done = Outcome(before=[_state(user)])
        if choice.act == Act.SUSPEND:
            suspend(user, actor.handle, timezone.now() + timedelta(days=min(choice.days, LONGEST_DAYS)))
        else:
            unsuspend(user, actor.handle)
        done.after = [_state(user)]
        return done

    def revert(self, decision: Decision, actor: User) -> None:
        """Restore the suspension that was in force before a decision, or end the current one."""
        state, after = decision.before[0], decision.after[0]
        user = User.objects.select_for_update(no_key=True).filter(pk=state["key"]).first()
        if user is None or _state(user) != after:
            raise ActionRefusedError("The account was changed since. Decide on it as it is now.", "changed-since")
        until: datetime | None = parse_datetime(state["until"]) if state["until"] else None
        if until and until > timezone.now():
            suspend(user, actor.handle, until)
        else:
            unsuspend(user, actor.handle)


class AlarmReview(Effect):
    """Void the votes that an alarm is about, or keep them."""

    def apply(self, context: Context) -> Outcome:
        """Close the alarm of a case; with `VOID_VOTES`, void the votes of the accounts that it names."""
        alarm: Alarm = context.case.subject
        moved: dict[str, Any] = {"alarm": alarm.pk}
        if context.choice.act == Act.VOID_VOTES:
            people = User.objects.filter(handle__in=handles_in(alarm)).order_by("pk")
            voided = {str(user.pk): _void(user, context.actor) for user in people}
            moved["voided"] = {key: votes for key, votes in voided.items() if votes}
        _set_closed_at(alarm, timezone.now())
        return Outcome(moved=moved)

    def revert(self, decision: Decision, actor: User) -> None:
        """Reopen the alarm and restore the votes that the decision voided."""
        alarm = Alarm.objects.filter(pk=decision.moved["alarm"]).first()
        if alarm is None:
            raise ActionRefusedError("The votes are gone.", "gone")
        # Restore only votes that this decision voided: another may have voided other votes of the same people.
        for user in User.objects.filter(pk__in=decision.voided).order_by("pk"):
            votes = decision.voided[user.pk]
            vote_actions.restore_votes(actor=actor.handle, voter=user, reason=VoidReason.RING, keys=votes)
        _set_closed_at(alarm, None)


def suspend(user: User, actor: str, until: datetime) -> None:
    """Suspend a user: end their sessions and void their votes for the duration."""
    vote_actions.void_votes(actor=actor, voter=user, reason=VoidReason.SUSPENDED)
    accounts.suspend(actor=actor, user=user, until=until)


def unsuspend(user: User, actor: str) -> None:
    """End a suspension and restore the user's votes."""
    vote_actions.restore_votes(actor=actor, voter=user, reason=VoidReason.SUSPENDED)
    accounts.lift_suspension(actor=actor, user=user)


def _lock_person(context: Context) -> User:
    """Lock and return the account that a case is about.

    Raises ActionRefusedError if there is none or if the actor may not act on it.
    """
    person = person_of_case(context.case)
    if person is None:
        raise ActionRefusedError("There is no account to act on.", "no-account")
    user = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if user.trust_level in STAFF and context.actor.trust_level != TrustLevel.ADMINISTRATOR:
        raise ActionRefusedError("Only administrators act on moderators.", "administrators-only")
    return user


def _void(user: User, actor: User) -> list[int]:
    return vote_actions.void_votes(actor=actor.handle, voter=user, reason=VoidReason.RING)


def _set_closed_at(alarm: Alarm, at: datetime | None) -> None:
    alarm.closed_at = at
    alarm.save(update_fields=["closed_at"])


def _state(user: User) -> dict[str, Any]:
    until = user.suspended_until
    return {"kind": "account", "key": user.pk, "until": until.isoformat() if until else None}
