"""Bursts and rings among votes: found for moderators, and nothing but shown to them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import TrustLevel
from common import worker
from reports.actions.vote_fraud import raise_alarms
from reports.actions.votes import cast_vote
from reports.models import Alarm, Vote, Warning
from reports.vote_rings import BURST_VOTES, Given, bursts, rings
from tests.factories import NOON, UserFactory, WarningFactory

OLD = NOON - timedelta(days=400)


def vote(voter: str, *, minute: float = 0, joined: datetime = OLD, post: str = "w1", author: str = "") -> Given:
    return Given(voter, joined, NOON + timedelta(minutes=minute), post, author)


def test_many_new_accounts_within_an_hour_are_a_burst() -> None:
    young = NOON - timedelta(days=1)
    votes = [vote(f"v{n}", minute=n, joined=young) for n in range(BURST_VOTES)]
    [burst] = bursts(votes)
    assert len(burst.votes) == BURST_VOTES
    assert burst.key == "w1:2026-11-01"
    assert bursts(votes[1:]) == []


def test_old_accounts_slow_ones_and_different_things_are_none() -> None:
    young = NOON - timedelta(days=1)
    assert bursts(vote(f"v{n}", minute=n) for n in range(50)) == []
    assert bursts(vote(f"v{n}", minute=7 * n, joined=young) for n in range(50)) == []
    assert bursts(vote(f"v{n}", joined=young, post=f"w{n}") for n in range(50)) == []


def test_accounts_that_vote_for_each_other_are_a_ring() -> None:
    names = ["a", "b", "c"]
    pairs = [(one, other) for one in names for other in names if one != other]
    votes = [vote(one, author=other, post=f"{other}{n}") for one, other in pairs for n in range(3)]
    votes += [vote("d", author="a", post=f"a{n}") for n in range(9)]
    [ring] = rings(votes)
    assert (ring.members, ring.votes) == (("a", "b", "c"), 18)
    assert ring.key == rings(reversed(votes))[0].key


def test_admirers_are_no_ring() -> None:
    assert rings(vote("a", author="b", post=f"b{n}") for n in range(50)) == []


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=60))
def test_members_of_a_ring_gave_and_got(pairs: list[tuple[str, str]]) -> None:
    for ring in rings(vote(one, author=other, post=f"{other}") for one, other in pairs):
        assert len(ring.members) > 1
        for member in ring.members:
            assert any(pairs.count((member, o)) >= 3 and pairs.count((o, member)) >= 3 for o in ring.members)


@pytest.mark.django_db
def test_moderators_are_told_within_the_minute_and_once(warning: Warning, time_machine: object) -> None:
    mona = UserFactory(trust_level=TrustLevel.MODERATOR)
    for user in UserFactory.create_batch(12):
        cast_vote(actor=user, post=warning)
    assert not Alarm.objects.exists()
    time_machine.move_to(datetime.now(UTC) + timedelta(seconds=50))  # type: ignore[attr-defined]
    worker.run_pending()
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.warning) == ("burst", warning)
    assert len(alarm.evidence["accounts"]) == 12
    assert (mona.notices.get().kind, mona.notices.get().address) == ("case", f"/warnings/{warning.slug}/")
    assert raise_alarms(now=datetime.now(UTC)) == 0
    # What it shows is for people to judge: no vote was touched.
    assert Vote.objects.counting().count() == 12


@pytest.mark.django_db
def test_a_ring_is_told_with_its_accounts() -> None:
    one, other = UserFactory.create_batch(2, trust_level=TrustLevel.MEMBER)
    for author, voter in ((one, other), (other, one)):
        for _ in range(3):
            cast_vote(actor=voter, post=WarningFactory(author=author))
    assert raise_alarms(now=datetime.now(UTC)) == 1
    assert Alarm.objects.get().evidence == {"accounts": sorted([one.handle, other.handle]), "votes": 6}
