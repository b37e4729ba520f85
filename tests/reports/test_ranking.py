"""The order by helpfulness: fair to few votes, kind to new things, the same whenever it is worked out."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reports.ranking import HALF_LIFE_DAYS, helpfulness, wilson_lower_bound

people = st.integers(1, 100_000)
days = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


@given(people, st.data())
def test_the_bound_is_a_share_below_the_one_that_was_seen(n: int, data: st.DataObject) -> None:
    votes = data.draw(st.integers(0, n))
    assert 0 <= wilson_lower_bound(votes, n) <= votes / n


@given(people, st.data())
def test_one_more_vote_never_hurts(n: int, data: st.DataObject) -> None:
    votes = data.draw(st.integers(0, n - 1))
    assert wilson_lower_bound(votes, n) < wilson_lower_bound(votes + 1, n)


@given(people)
def test_the_same_share_of_more_people_is_surer(n: int) -> None:
    assert wilson_lower_bound(n, 2 * n) < wilson_lower_bound(2 * n, 4 * n)


def test_the_bound_is_the_published_one() -> None:
    # Figures of the score interval, to four digits, from Newcombe, Statistics in Medicine 17 (1998), table I.
    assert round(wilson_lower_bound(81, 263), 4) == 0.2553
    assert round(wilson_lower_bound(15, 148), 4) == 0.0624
    assert round(wilson_lower_bound(0, 20), 4) == 0.0
    assert round(wilson_lower_bound(1, 29), 4) == 0.0061
    assert wilson_lower_bound(3, 0) == 0


@given(days, st.integers(0, 1_000), st.integers(0, 1_000))
def test_a_year_is_worth_twice_the_share(at: datetime, votes: int, others: int) -> None:
    younger = helpfulness(votes=votes, people=votes + others, published_at=at + timedelta(days=HALF_LIFE_DAYS))
    older = helpfulness(votes=votes, people=votes + others, published_at=at)
    assert abs(younger - older - 1) < 1e-9


@given(days, st.integers(0, 1_000), st.integers(0, 1_000))
def test_of_two_from_one_day_the_one_with_more_votes_is_not_below(at: datetime, votes: int, others: int) -> None:
    first = helpfulness(votes=votes + 1, people=votes + others + 1, published_at=at)
    assert first >= helpfulness(votes=votes, people=votes + others, published_at=at)
