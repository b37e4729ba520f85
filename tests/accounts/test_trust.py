"""Trust: earned by work that stands, lost by what is taken down, and the same for everybody."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.choices import TrustLevel
from accounts.trust import APPOINTED, Record, level_of, next_step

RANK = list(TrustLevel)
records = st.builds(
    Record,
    approved=st.integers(0, 20),
    helpful=st.integers(0, 20),
    taken_down=st.integers(0, 4),
    days=st.integers(0, 400),
)


@given(records)
def test_nobody_is_appointed_by_a_formula(record: Record) -> None:
    assert level_of(record) not in APPOINTED


@given(records, st.sampled_from(["approved", "helpful", "days"]))
def test_more_good_work_never_lowers_it(record: Record, what: str) -> None:
    more = replace(record, **{what: getattr(record, what) + 1})
    assert RANK.index(level_of(more)) >= RANK.index(level_of(record))


@given(records)
def test_what_is_taken_down_never_raises_it_and_forgetting_gives_it_back(record: Record) -> None:
    worse = replace(record, taken_down=record.taken_down + 1)
    assert RANK.index(level_of(worse)) <= RANK.index(level_of(record))
    assert level_of(replace(worse, taken_down=record.taken_down)) == level_of(record)


@pytest.mark.parametrize(
    ("record", "level"),
    [
        (Record(), TrustLevel.NEW),
        (Record(helpful=100, days=400), TrustLevel.NEW),
        (Record(approved=1), TrustLevel.MEMBER),
        (Record(approved=5, helpful=5, days=29), TrustLevel.MEMBER),
        (Record(approved=5, helpful=5, days=30), TrustLevel.TRUSTED),
        (Record(approved=50, helpful=50, days=300, taken_down=1), TrustLevel.MEMBER),
        (Record(approved=50, helpful=50, days=300, taken_down=2), TrustLevel.NEW),
    ],
)
def test_the_levels_begin_where_the_guidelines_say(record: Record, level: TrustLevel) -> None:
    assert level_of(record) == level


@given(records)
def test_the_next_step_is_told_unless_there_is_none(record: Record) -> None:
    assert bool(next_step(record)) == (level_of(record) != TrustLevel.TRUSTED)
