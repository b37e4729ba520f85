"""What makes two ways of writing a name the same: look, script, sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.names.variants import forms, phonetic_key, plain_letters, romanised, skeleton, without_doubles

ANY_NAME = st.text(max_size=60)


@pytest.mark.parametrize(
    "disguised", ["ＤlNGTА1К", "d1ngtalk", "dіngtаlk", "DingTaIk", "d|ngta!k", "dinggtaalk", "𝒅𝒊𝒏𝒈𝒕𝒂𝒍𝒌"]
)
def test_what_looks_the_same_is_the_same(disguised: str) -> None:
    assert skeleton(disguised) == skeleton("DingTalk")


@pytest.mark.parametrize(
    ("one", "other"), [("vvhatsapp", "whatsapp"), ("wh4tsapp", "whatsapp"), ("rnatterrnost", "mattermost")]
)
def test_two_letters_can_look_like_one(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_another_script_has_a_look_of_its_own() -> None:
    assert skeleton("钉钉") == skeleton("텔레그램") == ""


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("钉钉", "dingding"),
        ("釘釘", "dingding"),
        ("dīngdīng", "dingding"),
        ("ding1 ding1", "dingding"),
        ("Дингтолк", "dingtolk"),
        ("zoom2", "zoom"),
        ("テレグラム", "tereguramu"),
    ],
)
def test_every_script_has_latin_letters(written: str, latin: str) -> None:
    assert romanised(written) == latin


@pytest.mark.parametrize("written", ["Телеграм", "텔레그램", "テレグラム", "تليجرام", "টেলিগ্রাম", "टेलीग्राम", "טלגרם"])
def test_other_scripts_sound_like_telegram(written: str) -> None:
    assert phonetic_key(written) == phonetic_key("Telegram")


def test_letters_in_dark_squares_are_letters() -> None:
    assert plain_letters("🅣🅔🅛") == "tel"


@given(ANY_NAME)
def test_no_text_is_too_strange(text: str) -> None:
    has = forms(text)
    assert has == forms(text)
    assert has.look.isascii()
    assert has.romanised == has.romanised.lower()


@given(ANY_NAME)
def test_a_look_looks_like_itself(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)


@given(ANY_NAME, st.integers(0, 60))
def test_invisible_characters_change_nothing(text: str, place: int) -> None:
    assert forms(text[:place] + "\u200b" + text[place:]).folded == forms(text).folded


@given(st.text(alphabet="abcdefghij", max_size=20))
def test_doubling_a_letter_changes_no_look(text: str) -> None:
    assert without_doubles("".join(char * 2 for char in text)) == without_doubles(text)
