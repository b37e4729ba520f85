"""Any text becomes a query; nothing makes it fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import MAX_QUERY, parse


def test_it_folds_and_cuts_into_phrases() -> None:
    query = parse("  Is  DingTalk safe? ")
    assert (query.text, query.folded) == ("Is DingTalk safe?", "isdingtalksafe")
    assert "dingtalk" in query.phrases
    assert query.phrases[0] == "isdingtalksafe"


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://t.me/abc?x=1", "t.me/abc"),
        ("t.me", "t.me"),
        ("www.whatsapp.com/", "whatsapp.com"),
        ("HTTPS://WA.ME/123 please", "wa.me/123"),
        ("DingTalk", ""),
        ("https://[x.y", ""),
        ("...", ""),
    ],
)
def test_it_sees_a_pasted_link(text: str, link: str) -> None:
    assert parse(text).link == link


def test_it_takes_out_what_a_database_refuses() -> None:
    assert parse("ding\x00talk\ud800").text == "ding talk"


@given(st.text())
def test_it_never_fails_and_stays_short(text: str) -> None:
    query = parse(text)
    assert len(query.text) <= MAX_QUERY
    assert len(query.phrases) <= 400
    assert parse(query.text).folded == query.folded


@pytest.mark.parametrize("noise", ["", " ", "!!!", "\x00", "%_\\", "()*\"'", "\u200b"])
def test_noise_is_an_empty_query(noise: str) -> None:
    assert (parse(noise).folded, parse(noise).phrases) == ("", ())
