"""How far a slip of the finger is from the name that was meant."""

from hypothesis import given
from hypothesis import strategies as st

from search.names.spelling import cost, similarity

WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


def test_a_swap_a_neighbour_and_a_double_cost_less_than_another_letter() -> None:
    other = cost("dinqtalk", "dingtalk")
    assert cost("dingtlak", "dingtalk") < other
    assert cost("dinftalk", "dingtalk") < other
    assert cost("dinggtalk", "dingtalk") < other
    assert cost("dongtalk", "dingtalk") < other


def test_the_first_letter_is_seldom_missed() -> None:
    assert cost("tingtalk", "dingtalk") > cost("dingtald", "dingtalk")


@given(WORD)
def test_a_word_is_itself(word: str) -> None:
    assert similarity(word, word) == 1.0
    assert cost(word, word) == 0.0


@given(WORD, WORD)
def test_it_lies_between_nothing_and_all(one: str, other: str) -> None:
    assert 0.0 <= similarity(one, other) <= 1.0
    assert (similarity(one, other) == 1.0) == (one == other)


@given(WORD, WORD)
def test_the_way_back_costs_the_same(one: str, other: str) -> None:
    assert abs(cost(one, other) - cost(other, one)) < 1e-9
