"""Once a day: votes come back when a suspension is over, and trust follows the days that went by."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from common.worker import run_pending
from moderation.actions.cases import open_case
from moderation.actions.decisions import decide, undo
from moderation.actions.flags import flag
from moderation.choices import Act, CaseKind, FlagReason
from moderation.decisions.effects import users
from moderation.decisions.input import DecisionInput
from moderation.models import Decision
from moderation.policies.flags import flaggers_of
from reports.actions import votes
from reports.actions.trust import settle
from reports.actions.votes import VoteError, cast_vote, restore_votes, void_votes
from reports.choices import Status, VoidReason
from reports.integrity import problems
from reports.models import Comment, Report, Vote, Warning
from reports.reputation import reputation_of
from tests.factories import CommentFactory, ReportFactory, UserFactory, WarningFactory
from tests.moderation.making import reason
from tests.pages_under_test import numbers
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mona(db: None) -> User:
    """A moderator."""
    user: User = UserFactory(handle="Mona", trust_level=TrustLevel.MODERATOR)
    return user


def suspended(user: User, post: Warning) -> User:
    """Somebody who voted and was suspended then; and the day after."""
    cast_vote(actor=user, post=post)
    users.suspend(user, "Mona", timezone.now() + timedelta(days=1))
    return User.objects.get(pk=user.pk)


def votes_of(warning: Warning) -> tuple[int, int, int]:
    row = Warning.objects.get(pk=warning.pk)
    return row.vote_count, row.standing_votes, row.participants


def over(user: User) -> User:
    User.objects.filter(pk=user.pk).update(suspended_until=timezone.now() - timedelta(seconds=1))
    return User.objects.get(pk=user.pk)


def test_votes_come_back_when_a_suspension_ends_by_itself(bob: User, warning: Warning) -> None:
    quiet = suspended(bob, warning)
    call_command("tidy", verbosity=0)
    assert votes_of(warning) == (0, 0, 0)
    over(quiet)
    call_command("tidy", verbosity=0)
    assert votes_of(warning) == (1, 1, 1)
    assert votes.tidy(now=timezone.now())["votes"] == 0
    assert list(problems()) == []


def test_a_vote_given_anew_before_that_counts_and_says_no_more_than_it_does(bob: User, warning: Warning) -> None:
    quiet = suspended(bob, warning)
    with pytest.raises(VoteError) as caught:
        cast_vote(actor=quiet, post=warning)
    assert caught.value.code == "suspended"
    assert f"{quiet.suspended_until:%-d %B %Y, %H:%M}" in str(caught.value)
    free = over(quiet)
    answer = signed_in(free).post(f"/warnings/{warning.slug}/vote/", {"act": "vote"}, HTTP_ACCEPT="application/json")
    assert answer.json() == {"voted": True, "votes": 1}
    assert votes_of(warning) == (1, 1, 1)


def test_what_a_decision_took_stays_taken(bob: User, warning: Warning) -> None:
    cast_vote(actor=bob, post=warning)
    void_votes(actor="Mona", voter=bob, reason=VoidReason.RING)
    users.suspend(bob, "Mona", timezone.now() + timedelta(days=1))
    free = over(bob)
    answer = signed_in(free).post(f"/warnings/{warning.slug}/vote/", {"act": "vote"}, HTTP_ACCEPT="application/json")
    assert answer.json()["code"] == "voided"
    assert votes.tidy(now=timezone.now())["votes"] == 0
    assert votes_of(warning) == (0, 0, 0)


def test_votes_of_a_ring_given_back_meanwhile_wait_for_the_end_of_the_suspension(bob: User, warning: Warning) -> None:
    cast_vote(actor=bob, post=warning)
    void_votes(actor="Mona", voter=bob, reason=VoidReason.RING)
    users.suspend(bob, "Mona", timezone.now() + timedelta(days=1))
    restore_votes(actor="Mona", voter=bob, reason=VoidReason.RING)
    assert Vote.objects.get().void_reason == VoidReason.SUSPENDED
    over(bob)
    assert votes.tidy(now=timezone.now())["votes"] == 1
    assert votes_of(warning) == (1, 1, 1)


def test_a_flag_weighs_again_after_the_suspension(bob: User, warning: Warning) -> None:
    flag(target=warning, flagger=bob, reason=FlagReason.UNTRUE, detail="")
    now = timezone.now()
    User.objects.filter(pk=bob.pk).update(suspended_until=now + timedelta(days=1))
    assert flaggers_of(warning, now) == []
    assert len(flaggers_of(warning, now + timedelta(days=2))) == 1


def author_of_five(handle: str) -> User:
    """Somebody with five approved reports, and five votes for one of the warnings that they began."""
    author: User = UserFactory(handle=handle, joined_at=timezone.now() - timedelta(days=29))
    warnings = [WarningFactory(author=author) for _ in range(5)]
    for row in warnings:
        ReportFactory(author=author, body="What happened to me.", warning=row)
    for _ in range(5):
        cast_vote(actor=UserFactory(trust_level=TrustLevel.MEMBER), post=warnings[0])
    settle(author)
    return User.objects.get(pk=author.pk)


def test_the_thirtieth_day_makes_somebody_trusted() -> None:
    alice = author_of_five("Alice")
    assert alice.trust_level == TrustLevel.MEMBER
    votes.tidy(now=timezone.now())
    assert User.objects.get(pk=alice.pk).trust_level == TrustLevel.MEMBER
    User.objects.filter(pk=alice.pk).update(joined_at=timezone.now() - timedelta(days=30))
    assert votes.tidy(now=timezone.now()) == {"votes": 0, "people": 1}
    assert User.objects.get(pk=alice.pk).trust_level == TrustLevel.TRUSTED


@pytest.mark.parametrize("what", ["warning", "report", "comment"])
def test_what_was_taken_down_is_forgotten_after_half_a_year(what: str) -> None:
    alice = author_of_five("Alice")
    day = timezone.now() - timedelta(days=179)
    gone = {"author": alice, "status": Status.UNPUBLISHED, "taken_down_at": day}
    for _ in range(2):
        {"warning": WarningFactory, "report": ReportFactory, "comment": CommentFactory}[what](**gone, body="x")
    settle(alice)
    assert User.objects.get(pk=alice.pk).trust_level == TrustLevel.NEW
    votes.tidy(now=timezone.now())
    assert User.objects.get(pk=alice.pk).trust_level == TrustLevel.NEW
    for model in (Warning, Report, Comment):
        model.objects.filter(author=alice, taken_down_at=day).update(taken_down_at=day - timedelta(days=2))
    votes.tidy(now=timezone.now())
    assert User.objects.get(pk=alice.pk).trust_level == TrustLevel.MEMBER


def taken_down(warning: Warning, mona: User) -> Decision:
    case = open_case(kind=CaseKind.FLAGS, target=warning)
    return decide(actor=mona, case=case, choice=DecisionInput(Act.UNPUBLISH, reason=reason("not-true")))


def test_a_warning_taken_down_costs_its_author_trust_once_and_undoing_gives_it_back(mona: User) -> None:
    alice = author_of_five("Alice")
    report = Report.objects.filter(author=alice).latest("pk")
    Report.objects.exclude(pk=report.pk).filter(author=alice).delete()
    settle(alice)
    decision = taken_down(report.warning, mona)
    run_pending()
    assert reputation_of(alice, timezone.now()).taken_down == 1
    assert reputation_of(alice, timezone.now()).approved == 0
    assert User.objects.get(pk=alice.pk).trust_level == TrustLevel.NEW
    undo(actor=mona, decision=decision, note="It was true.")
    run_pending()
    assert reputation_of(alice, timezone.now()).taken_down == 0
    assert User.objects.get(pk=alice.pk).trust_level == TrustLevel.MEMBER
    assert list(problems()) == []


def test_a_warning_that_goes_with_its_only_report_counts_once(mona: User) -> None:
    alice = author_of_five("Alice")
    report = Report.objects.filter(author=alice).latest("pk")
    decide(
        actor=mona,
        case=open_case(kind=CaseKind.FLAGS, target=report),
        choice=DecisionInput(Act.UNPUBLISH, reason=reason("not-true")),
    )
    report.refresh_from_db()
    assert (report.status, report.warning.status) == (Status.UNPUBLISHED, Status.UNPUBLISHED)
    assert reputation_of(alice, timezone.now()).taken_down == 1


def test_who_reported_there_too_loses_what_it_gave_them_and_gets_it_back(mona: User, warning: Warning) -> None:
    bob = UserFactory(handle="Bob2")
    ReportFactory(warning=warning, author=bob, body="It happened to me too.")
    settle(bob)
    assert User.objects.get(pk=bob.pk).trust_level == TrustLevel.MEMBER
    decision = taken_down(warning, mona)
    run_pending()
    assert User.objects.get(pk=bob.pk).trust_level == TrustLevel.NEW
    undo(actor=mona, decision=decision, note="It was true.")
    run_pending()
    assert User.objects.get(pk=bob.pk).trust_level == TrustLevel.MEMBER


def test_a_profile_shows_no_report_on_what_is_taken_down(bob: User, mona: User, warning: Warning) -> None:
    ReportFactory(warning=warning, author=bob, body="It happened to me too.")
    CommentFactory(warning=warning, author=bob)
    page = Client().get(f"/u/{bob.handle}/").content.decode()
    assert warning.title in page
    taken_down(warning, mona)
    page = Client().get(f"/u/{bob.handle}/").content.decode()
    assert warning.title not in page
    assert numbers(page, "counts")[1:] == [0, 0]
