"""The tests that run on PostgreSQL are chosen so that it is sent every shape of statement that SQLite was sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.database_subset.choice import Choice, Record, choose
from tests.database_subset.shapes import shape_of

RECORDS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.builds(Record, st.frozensets(st.integers(0, 30).map(str)), st.floats(0, 20)),
    max_size=12,
)


@given(RECORDS)
def test_what_is_chosen_sends_every_shape(records: dict[str, Record]) -> None:
    chosen = choose(records)
    everything = set().union(*(record.shapes for record in records.values()))
    assert set().union(*(records[name].shapes for name in chosen)) == everything


def test_what_is_quick_is_chosen_before_what_is_slow() -> None:
    shapes = frozenset({"a", "b"})
    assert choose({"slow": Record(shapes, 9.0), "quick": Record(shapes, 0.1)}) == {"quick"}


def test_what_others_that_were_chosen_send_as_well_is_left_out() -> None:
    records = {
        "first": Record(frozenset("abcd"), 1.0),
        "left": Record(frozenset("abe"), 1.0),
        "right": Record(frozenset("cdf"), 1.0),
    }
    assert choose(records) == {"left", "right"}


def test_what_sends_nothing_is_not_chosen() -> None:
    assert choose({"pure": Record(frozenset(), 0.0), "one": Record(frozenset({"a"}), 5.0)}) == {"one"}


CHOICE = Choice(chosen={"chosen"}, recorded={"chosen", "other", "pure"}, silent={"pure"})


@pytest.mark.parametrize(
    ("name", "on_both", "processes", "kept"),
    [
        ("chosen", False, False, True),
        ("other", False, False, False),
        ("other", True, False, True),
        ("pure", True, False, False),
        ("pure", False, True, True),
        ("new", False, False, True),
    ],
)
def test_it_keeps_what_databases_can_answer_differently(
    name: str, on_both: bool, processes: bool, kept: bool
) -> None:
    assert CHOICE.keeps(name, on_both=on_both, processes=processes) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT x FROM t WHERE id IN (%s, %s, %s)", "SELECT x FROM t WHERE id IN (%s)"),
        ("INSERT INTO t (a, b) VALUES (%s, %s), (%s, %s)", "INSERT INTO t (a, b) VALUES (%s, %s)"),
        ("SELECT x FROM t LIMIT 21", "SELECT x FROM t LIMIT 1"),
    ],
)
def test_values_and_their_number_are_no_part_of_a_shape(one: str, other: str) -> None:
    assert shape_of(one) == shape_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT x FROM t ORDER BY x", "SELECT x FROM t ORDER BY x DESC"),
        ("SELECT x FROM t FOR UPDATE", "SELECT x FROM t"),
        ("SELECT t1.x FROM t", "SELECT x FROM t"),
    ],
)
def test_everything_else_is(one: str, other: str) -> None:
    assert shape_of(one) != shape_of(other)


@pytest.mark.parametrize("statement", ["BEGIN IMMEDIATE", "SAVEPOINT s1_x2", "RELEASE SAVEPOINT s1", "ROLLBACK"])
def test_beginning_and_ending_transactions_is_left_out(statement: str) -> None:
    assert shape_of(statement) is None
