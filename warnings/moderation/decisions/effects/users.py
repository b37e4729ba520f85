"""Carrying out decisions on people and their votes, and undoing them."""

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
from moderation.decisions.input import ActionRefusedError, DecisionInput, Outcome
from moderation.models import Case, Decision
from reports.actions import votes as vote_actions
from reports.choices import VoidReason
from reports.models import Alarm

LONGEST_DAYS = 3_650


def apply(case: Case, actor: User, choice: DecisionInput) -> Outcome:
    """Suspend somebody or end that, or void the votes of an alarm; a warning is only told. Raises NotPossible."""
    if case.alarm is not None and choice.act in (Act.VOID, Act.KEEP):
        return _settle_alarm(case.alarm, actor, choice.act)
    person = person_of_case(case)
    if person is None:
        raise ActionRefusedError("There is no account to act on.", "no-account")
    user = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if user.trust_level in STAFF and actor.trust_level != TrustLevel.ADMINISTRATOR:
        raise ActionRefusedError("Only administrators act on moderators.", "administrators-only")
    done = Outcome(before=[_state(user)])
    if choice.act == Act.SUSPEND:
        suspend(user, actor.handle, timezone.now() + timedelta(days=min(choice.days, LONGEST_DAYS)))
    elif choice.act == Act.LIFT:
        unsuspend(user, actor.handle)
    done.after = [_state(user)]
    return done


def revert(decision: Decision, actor: User) -> None:
    """Give people what they had before a decision. Raises NotPossible."""
    if decision.act == Act.WARN:
        return
    if decision.act in (Act.VOID, Act.KEEP):
        _reopen_alarm(decision, actor)
        return
    state, after = decision.before[0], decision.after[0]
    user = User.objects.select_for_update(no_key=True).filter(pk=state["key"]).first()
    if user is None or _state(user) != after:
        raise ActionRefusedError("The account was changed since. Decide on it as it is now.", "changed-since")
    until: datetime | None = parse_datetime(state["until"]) if state["until"] else None
    if until and until > timezone.now():
        suspend(user, actor.handle, until)
    else:
        unsuspend(user, actor.handle)


def suspend(user: User, actor: str, until: datetime) -> None:
    """Suspend somebody: their sessions end, and their votes do not count meanwhile."""
    vote_actions.void_votes(actor=actor, voter=user, reason=VoidReason.SUSPENDED)
    accounts.suspend(actor=actor, user=user, until=until)


def unsuspend(user: User, actor: str) -> None:
    """End a suspension; their votes count again."""
    vote_actions.restore_votes(actor=actor, voter=user, reason=VoidReason.SUSPENDED)
    accounts.lift_suspension(actor=actor, user=user)


def _settle_alarm(alarm: Alarm, actor: User, act: Act) -> Outcome:
    moved: dict[str, Any] = {"alarm": alarm.pk}
    if act == Act.VOID:
        people = User.objects.filter(handle__in=handles_in(alarm)).order_by("pk")
        voided = {str(user.pk): _void(user, actor) for user in people}
        moved["voided"] = {key: votes for key, votes in voided.items() if votes}
    alarm.closed_at = timezone.now()
    alarm.save(update_fields=["closed_at"])
    return Outcome(moved=moved)


def _void(user: User, actor: User) -> list[int]:
    return vote_actions.void_votes(actor=actor.handle, voter=user, reason=VoidReason.RING)


def _reopen_alarm(decision: Decision, actor: User) -> None:
    alarm = Alarm.objects.filter(pk=decision.moved["alarm"]).first()
    if alarm is None:
        raise ActionRefusedError("The votes are gone.", "gone")
    # Only what this decision voided: another one may have voided other votes of the same people.
    for user in User.objects.filter(pk__in=decision.voided).order_by("pk"):
        votes = decision.voided[user.pk]
        vote_actions.restore_votes(actor=actor.handle, voter=user, reason=VoidReason.RING, keys=votes)
    alarm.closed_at = None
    alarm.save(update_fields=["closed_at"])


def _state(user: User) -> dict[str, Any]:
    until = user.suspended_until
    return {"kind": "account", "key": user.pk, "until": until.isoformat() if until else None}
