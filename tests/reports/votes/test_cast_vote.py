"""One vote for each person and thing, never on one's own, taken back at will; new accounts move nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from common.worker import run_pending
from reports.actions.status import change_status
from reports.actions.trust import settle
from reports.actions.votes import VoteError, cast_vote, restore_votes, retract_vote, void_votes
from reports.actions.warnings import recount
from reports.choices import Status, VoidReason
from reports.integrity import problems
from reports.models import Comment, Vote, Warning
from tests.factories import CommentFactory, ReportFactory, UserFactory, WarningFactory
from tests.pages_under_test import message_codes, refuses
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


def test_a_vote_counts_once_and_is_taken_back(bob: User, warning: Warning) -> None:
    for _ in range(3):
        cast_vote(actor=bob, post=warning)
    warning.refresh_from_db()
    assert (warning.vote_count, warning.standing_votes, warning.participants) == (1, 1, 1)
    for _ in range(2):
        retract_vote(actor=bob, post=warning)
    warning.refresh_from_db()
    assert (warning.vote_count, warning.standing_votes, warning.participants) == (0, 0, 0)


def test_nobody_votes_on_their_own(alice: User, warning: Warning) -> None:
    mine = CommentFactory(warning=warning, author=alice)
    for post in (warning, mine):
        with refuses(VoteError, "own"):
            cast_vote(actor=alice, post=post)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("status", [Status.PENDING, Status.HIDDEN, Status.UNPUBLISHED, Status.DECLINED])
def test_what_is_not_published_is_not_open(bob: User, status: Status) -> None:
    with refuses(VoteError, "closed"):
        cast_vote(actor=bob, post=WarningFactory(status=status))
    with refuses(VoteError, "closed"):
        cast_vote(actor=bob, post=CommentFactory(status=status))


def test_a_comment_that_is_gone_or_closed_is_not_open(bob: User, warning: Warning) -> None:
    gone = CommentFactory(warning=warning, body="", body_html="", deleted_at=timezone.now())
    locked = CommentFactory(warning=WarningFactory(locked=True))
    for comment in (gone, locked):
        with pytest.raises(VoteError):
            cast_vote(actor=bob, post=comment)


def test_helpful_things_come_first(warning: Warning) -> None:
    other = WarningFactory()
    before = list(Warning.objects.filter(pk__in=[warning.pk, other.pk]).sorted_by("helpful"))
    for _ in range(4):
        cast_vote(actor=UserFactory(trust_level=TrustLevel.MEMBER), post=before[-1])
    after = list(Warning.objects.filter(pk__in=[warning.pk, other.pk]).sorted_by("helpful"))
    assert after == before[::-1]


def test_five_hundred_fresh_accounts_change_no_order_until_they_have_standing(warning: Warning) -> None:
    other = WarningFactory()
    cast_vote(actor=UserFactory(trust_level=TrustLevel.MEMBER), post=other)
    crowd = UserFactory.create_batch(500)
    Vote.objects.bulk_create(Vote(user=user, warning=warning) for user in crowd[5:])
    for user in crowd[:5]:
        cast_vote(actor=user, post=warning)
    warning.refresh_from_db()
    assert (warning.vote_count, warning.standing_votes, warning.participants) == (500, 0, 0)
    both = Warning.objects.filter(pk__in=[warning.pk, other.pk])
    assert both.sorted_by("helpful").first() == other
    # Two of them are told apart by what they do, and from then on count.
    for user in crowd[:2]:
        ReportFactory(author=user, body="It happened to me as well.", warning=WarningFactory())
        settle(user)
    warning.refresh_from_db()
    assert warning.standing_votes == 2
    assert both.sorted_by("helpful").first() == warning


def test_losing_trust_takes_the_weight_of_votes_and_undoing_gives_it_back(nina: User, warning: Warning) -> None:
    report = ReportFactory(author=nina, body="It happened to me as well.")
    settle(nina)
    cast_vote(actor=User.objects.get(pk=nina.pk), post=warning)
    warning.refresh_from_db()
    assert warning.standing_votes == 1
    change_status(actor="Mona", post=report, status=Status.UNPUBLISHED, reason="Not so.")
    settle(nina)
    warning.refresh_from_db()
    assert (User.objects.get(pk=nina.pk).trust_level, warning.standing_votes) == (TrustLevel.NEW, 0)
    change_status(actor="Mona", post=report, status=Status.PUBLISHED, reason="true after all")
    settle(nina)
    warning.refresh_from_db()
    assert (User.objects.get(pk=nina.pk).trust_level, warning.standing_votes) == (TrustLevel.MEMBER, 1)


def test_helpful_votes_make_an_author_trusted(alice: User, warning: Warning) -> None:
    User.objects.filter(pk=alice.pk).update(joined_at=timezone.now() - timedelta(days=60))
    for _ in range(5):
        ReportFactory(author=alice, body="What happened to me.", warning=WarningFactory())
    voters = UserFactory.create_batch(5, trust_level=TrustLevel.MEMBER)
    for voter in voters:
        cast_vote(actor=voter, post=warning)
    run_pending()
    assert User.objects.get(pk=alice.pk).trust_level == TrustLevel.TRUSTED
    retract_vote(actor=voters[0], post=warning)
    run_pending()
    assert User.objects.get(pk=alice.pk).trust_level == TrustLevel.MEMBER
    assert alice.notices.filter(kind="trust").get().count == 2


def test_moderators_are_not_worked_out(alice: User) -> None:
    mona = UserFactory(trust_level=TrustLevel.MODERATOR)
    settle(mona)
    assert User.objects.get(pk=mona.pk).trust_level == TrustLevel.MODERATOR


def test_votes_of_somebody_suspended_stop_counting_and_come_back(bob: User, warning: Warning) -> None:
    comment = CommentFactory(warning=warning)
    recount(warning=warning)
    cast_vote(actor=bob, post=warning)
    cast_vote(actor=bob, post=comment)
    assert len(void_votes(actor="Mona", voter=bob, reason=VoidReason.SUSPENDED)) == 2
    warning.refresh_from_db()
    comment.refresh_from_db()
    assert (warning.vote_count, comment.vote_count) == (0, 0)
    # Nobody washes a voided vote clean by taking it back and giving it again.
    retract_vote(actor=bob, post=warning)
    with pytest.raises(VoteError, match="voided"):
        cast_vote(actor=bob, post=warning)
    warning.refresh_from_db()
    assert warning.vote_count == 0
    assert restore_votes(actor="Mona", voter=bob, reason=VoidReason.RING) == 0
    assert restore_votes(actor="Mona", voter=bob, reason=VoidReason.SUSPENDED) == 2
    warning.refresh_from_db()
    assert (warning.vote_count, warning.standing_votes) == (1, 1)
    assert list(problems()) == []


def test_the_page_votes_without_javascript(bob: User, warning: Warning) -> None:
    browser = signed_in(bob)
    address = f"/warnings/{warning.slug}/vote/"
    answer = browser.post(address, {"act": "vote"}, follow=True)
    assert answer.redirect_chain == [(f"/warnings/{warning.slug}/#vote", 302)]
    assert 'aria-pressed="true"' in answer.content.decode()
    browser.post(address, {"act": "take-back"})
    assert not Vote.objects.exists()


def test_who_is_not_signed_in_is_led_there_and_a_look_changes_nothing(warning: Warning, visitor: Client) -> None:
    comment = CommentFactory(warning=warning)
    address = f"/comments/{comment.public_id}/vote/"
    assert visitor.post(address)["Location"] == f"/accounts/login/?next=/comments/{comment.public_id}/"
    assert visitor.get(address)["Location"] == f"/comments/{comment.public_id}/"
    assert not Vote.objects.exists()


def test_a_script_gets_the_count(bob: User, alice: User, warning: Warning) -> None:
    address = f"/warnings/{warning.slug}/vote/"
    answer = signed_in(bob).post(address, {"act": "vote"}, headers={"Accept": "application/json"})
    assert answer.json() == {"voted": True, "votes": 1}
    refused = signed_in(alice).post(address, {"act": "vote"}, headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json()["code"]) == (403, "own")
    assert refused.json()["problem"]


def test_voting_very_fast_is_stopped_with_a_time_to_wait(bob: User, warning: Warning, monkeypatch: Any) -> None:
    monkeypatch.setattr(
        "reports.views.votes.VOTES", type("L", (), {"reached": "Often.", "name": "v", "most": 1, "seconds": 600})()
    )
    browser, address = signed_in(bob), f"/warnings/{warning.slug}/vote/"
    browser.post(address, {"act": "vote"})
    answer = browser.post(address, {"act": "take-back"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too-often")
    assert re.search(r" (\d+ (second|minute)s?|about an hour)\.$", answer.json()["problem"])
    assert message_codes(browser.post(address, {}, follow=True)) == ["too-often"]


def test_integrity_finds_a_counter_that_is_off(bob: User, warning: Warning) -> None:
    comment = CommentFactory(warning=warning)
    recount(warning=warning)
    cast_vote(actor=bob, post=comment)
    assert list(problems()) == []
    Comment.objects.filter(pk=comment.pk).update(vote_count=7)
    Warning.objects.filter(pk=warning.pk).update(standing_votes=3)
    found = " ".join(problems())
    assert "says 7 votes; there are 1" in found
    assert "standing" in found
