"""Texts and queries are cut into the same terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.terms import LONGEST_TERM, beginnings, index_terms, terms

ALPHABET = "abc DEF éß'’-_\n钉安装カメラไทย приветहिन्दी\u0301\u200b1😀"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Screenshots", "screenshot"), ("phoned", "PHONES"), ("Café", "cafe"), ("ｗｉｄｅ", "wide"), ("釘釘", "钉钉")],
)
def test_ways_of_writing_are_one_term(one: str, other: str) -> None:
    assert index_terms(one) == index_terms(other)


def test_scripts_without_spaces_are_cut_into_pairs() -> None:
    assert len(terms("安装钉钉")) == 3
    assert len(index_terms("安装钉钉")) == 3 + 3


def test_terms_say_where_they_stand() -> None:
    text = "Don't phone: 安装钉钉!"
    assert [text[term.start : term.end] for term in terms(text)] == ["Don't", "phone", "安装", "装钉", "钉钉"]


@given(st.text(alphabet=ALPHABET))
def test_what_a_query_looks_for_the_index_of_the_same_text_holds(text: str) -> None:
    held = set(index_terms(text))
    for term in terms(text):
        assert term.text in held


@given(st.text())
def test_terms_are_plain_letters_and_digits(text: str) -> None:
    for term in index_terms(text):
        assert term.isascii()
        assert term.isalnum()
        assert len(term) <= 2 * LONGEST_TERM + 1


@given(st.text())
def test_places_lie_in_the_text_and_do_not_run_backwards(text: str) -> None:
    found = terms(text)
    assert all(0 <= term.start < term.end <= len(text) for term in found)
    assert [term.start for term in found] == sorted(term.start for term in found)


def test_words_begin_with_three_to_eight_letters() -> None:
    assert beginnings("The kingfishers") == ["the", "kin", "king", "kingf", "kingfi", "kingfis", "kingfish"]
    assert beginnings("钉钉 ab") == []
