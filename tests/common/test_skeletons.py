"""What a name looks like: the same for all names that could be taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text.skeletons import skeleton


@pytest.mark.parametrize("similar", ["Al1ce", "AIice", "ＡＬＩＣＥ", "Аliсе", "4l!c€", "a-l i_c.e", "ÀlìcÉ"])
def test_look_alikes_have_one_skeleton(similar: str) -> None:
    assert skeleton(similar) == skeleton("alice")


@pytest.mark.parametrize(("one", "other"), [("modern", "modem"), ("vvave", "wave"), ("clay", "day")])
def test_two_letters_can_look_like_one(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("vw", "vvv"), ("wv", "vvv"), ("wvvw", "vwwv"), ("rnrm", "mrrn")])
def test_two_letters_look_like_one_wherever_they_begin(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@given(st.lists(st.sampled_from(["vv", "w", "v", "rn", "m", "r", "n", "cl", "d", "c", "l"])))
def test_it_does_not_matter_which_of_two_spellings_is_chosen_where(parts: list[str]) -> None:
    spelled_out = [{"w": "vv", "m": "rn", "d": "cl"}.get(part, part) for part in parts]
    assert skeleton("".join(parts)) == skeleton("".join(spelled_out))


@pytest.mark.parametrize(("one", "other"), [("aaron", "aron"), ("alice", "alicia"), ("Liam", "Lam")])
def test_names_that_look_different_have_different_skeletons(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@given(st.text(max_size=60))
def test_a_skeleton_is_ascii_whatever_the_text(text: str) -> None:
    assert skeleton(text).isascii()
