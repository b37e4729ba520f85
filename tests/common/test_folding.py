"""Names that people mean as the same fold to the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text.folding import MAX_FOLDED, fold, fold_words, without_repeats


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("DINGTALK", "dingtalk"),
        ("Ding Talk", "dingtalk"),
        ("ding-talk", "dingtalk"),
        ("D i n g_T.a-l k", "dingtalk"),
        ("Ｄｉｎｇ　Ｔａｌｋ", "dingtalk"),
        ("ding\u200btalk\ufeff", "dingtalk"),
        ("d\u00edngt\u00e1lk", "dingtalk"),
        ("ﬁverr", "fiverr"),
        ("Straße", "strasse"),
        ("Søren", "soren"),
        ("ЁЛКА", "елка"),
        ("钉 钉", "钉钉"),
        ("ｶｶｵﾄｰｸ", "カカオトーク"),
        ("딩 톡", "딩톡"),
        ("सिग्नल!", "सिग्नल"),
        ("ไลน์", "ไลน์"),
    ],
)
def test_it_ignores_what_people_do_not_mean(typed: str, meant: str) -> None:
    assert fold(typed) == meant


@pytest.mark.parametrize(
    ("one", "other"), [("がく", "かく"), ("कि", "का"), ("钉钉", "釘釘"), ("dingtalk", "d1ngtalk")]
)
def test_it_keeps_what_makes_another_word(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_joiners_separate_no_words() -> None:
    assert fold_words("می\u200cخواهم hero\u00adnry") == ["میخواهم", "heronry"]


@pytest.mark.parametrize("noise", ["", "   ", "!!!", "😀", "\u200b", "\x00", "\u3164\uffa0"])
def test_it_gives_nothing_for_noise(noise: str) -> None:
    assert fold(noise) == ""


@given(st.text(max_size=300))
def test_it_changes_nothing_the_second_time(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_it_does_not_care_for_case_or_normal_form(text: str) -> None:
    # Upper-casing is not reversible for every letter, so compare through the lower case of it.
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(alphabet="abcdefghij klm", max_size=60))
def test_it_does_not_care_for_spaces(text: str) -> None:
    assert fold(text) == text.replace(" ", "")
    assert "".join(fold_words(text)) == fold(text)


def test_it_stays_short_for_endless_text() -> None:
    assert len(fold("x" * 1_000_000)) == MAX_FOLDED


def test_it_keeps_the_first_of_names_that_are_the_same() -> None:
    assert without_repeats(["Ding Talk", "DingTalk", "!", "DingDing", "ding ding"]) == ["Ding Talk", "DingDing"]
