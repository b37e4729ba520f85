"""Which tags belong together."""

from hypothesis import given
from hypothesis import strategies as st

from reports.related_tags import MOST_RELATED, Related, closest

some_tags = st.lists(st.builds(Related, st.text(max_size=3), st.text(max_size=3), st.integers(0, 5)), max_size=30)


def test_those_that_share_most_come_first_then_by_name() -> None:
    found = closest([Related("b", "b", 1), Related("C", "c", 3), Related("A", "a", 1), Related("none", "none", 0)])
    assert [tag.name for tag in found] == ["C", "A", "b"]


@given(some_tags)
def test_none_that_shares_nothing_and_not_too_many(counted: list[Related]) -> None:
    found = closest(counted)
    assert len(found) == min(MOST_RELATED, sum(tag.shared > 0 for tag in counted))
    assert all(tag.shared > 0 for tag in found)
    assert [tag.shared for tag in found] == sorted((tag.shared for tag in found), reverse=True)


@given(some_tags)
def test_the_order_of_what_is_counted_does_not_matter(counted: list[Related]) -> None:
    assert closest(counted) == closest(reversed(counted))
