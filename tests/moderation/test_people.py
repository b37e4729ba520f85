"""Decisions on people and their votes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import Notification, User
from moderation.actions.cases import open_case
from moderation.actions.decisions import decide, undo
from moderation.choices import Act, CaseKind
from moderation.decisions.input import DecisionInput
from moderation.decisions.notify import WARNED
from moderation.errors import ActionRefusedError
from moderation.models import Case
from reports.actions.votes import cast_vote
from reports.choices import AlarmKind
from reports.models import Vote, Warning
from tests.factories import AlarmFactory, UserFactory
from tests.moderation.making import case_of, reason, waiting_report
from tests.pages_under_test import refuses
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_somebody_suspended_reads_and_does_not_write_and_their_votes_wait(
    warning: Warning, bob: User, mona: User
) -> None:
    cast_vote(actor=bob, post=warning)
    client = signed_in(bob)
    case = open_case(kind=CaseKind.ACCOUNT, target=bob)
    decision = decide(actor=mona, case=case, choice=DecisionInput(Act.SUSPEND, reason=reason("advertising"), days=7))
    bob.refresh_from_db()
    warning.refresh_from_db()
    assert bob.is_suspended
    assert bob.suspended_until is not None
    assert bob.suspended_until - timezone.now() > timedelta(days=6)
    assert warning.vote_count == 0
    assert client.get("/accounts/").status_code == 302
    assert Notification.objects.filter(recipient=bob, key=f"decision:{decision.public_id}").exists()

    undo(actor=mona, decision=decision, note="Wrong.")
    bob.refresh_from_db()
    warning.refresh_from_db()
    assert not bob.is_suspended
    assert warning.vote_count == 1


def test_a_suspension_ends_early_by_a_decision_that_can_be_undone(bob: User, mona: User) -> None:
    case = open_case(kind=CaseKind.ACCOUNT, target=bob)
    decide(actor=mona, case=case, choice=DecisionInput(Act.SUSPEND, reason=reason("advertising"), days=7))
    bob.refresh_from_db()
    until = bob.suspended_until
    lifted = decide(
        actor=mona, case=open_case(kind=CaseKind.ACCOUNT, target=bob), choice=DecisionInput(Act.UNSUSPEND)
    )
    bob.refresh_from_db()
    assert not bob.is_suspended
    undo(actor=mona, decision=lifted, note="")
    bob.refresh_from_db()
    assert bob.suspended_until == until


def test_a_warning_is_told_and_changes_nothing_else(alice: User, mona: User) -> None:
    report = waiting_report(author=alice)
    decision = decide(
        actor=mona, case=case_of(report), choice=DecisionInput(Act.WARN, reason=reason("attacks-people"))
    )
    alice.refresh_from_db()
    assert not alice.is_suspended
    assert Notification.objects.get(recipient=alice, key=f"decision:{decision.public_id}").text == WARNED
    assert case_of(report)
    undo(actor=mona, decision=decision, note="")


def test_only_administrators_act_on_moderators(mona: User, max_: User, ada: User) -> None:
    case = open_case(kind=CaseKind.ACCOUNT, target=max_)
    choice = DecisionInput(Act.SUSPEND, reason=reason("advertising"), days=1)
    with refuses(ActionRefusedError, "administrators-only"):
        decide(actor=mona, case=case, choice=choice)
    decide(actor=ada, case=case, choice=choice)
    max_.refresh_from_db()
    assert max_.is_suspended


def test_votes_of_a_ring_are_voided_and_given_back(warning: Warning, mona: User) -> None:
    ring = [UserFactory(trust_level=TrustLevel.MEMBER) for _ in range(3)]
    for member in ring:
        cast_vote(actor=member, post=warning)
    alarm = AlarmFactory(
        key="ring:x", kind=AlarmKind.RING, evidence={"accounts": [user.handle for user in ring], "votes": 9}
    )
    decision = decide(
        actor=mona, case=case_of(alarm), choice=DecisionInput(Act.VOID_VOTES, reason=reason("votes-of-a-ring"))
    )
    warning.refresh_from_db()
    assert (warning.vote_count, Vote.objects.count()) == (0, 3)
    undo(actor=mona, decision=decision, note="they are colleagues")
    warning.refresh_from_db()
    alarm.refresh_from_db()
    assert warning.vote_count == 3
    assert alarm.closed_at is None
    assert case_of(alarm)


def test_an_alarm_that_means_nothing_is_closed(mona: User) -> None:
    evidence = {"accounts": [{"handle": "x", "joined": "", "voted": ""}], "votes": 1}
    alarm = AlarmFactory(key="burst:x", kind=AlarmKind.BURST, evidence=evidence)
    decide(
        actor=mona,
        case=case_of(alarm),
        choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
    )
    alarm.refresh_from_db()
    assert alarm.closed_at is not None
    assert not Case.objects.open().exists()
