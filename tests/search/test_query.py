"""Any text becomes a query; nothing makes it fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import MAX_QUERY, Clause, parse


def test_it_folds_and_cuts_into_phrases() -> None:
    query = parse("  Is  DingTalk safe? ")
    assert (query.text, query.folded) == ("Is DingTalk safe?", "isdingtalksafe")
    assert "dingtalk" in [phrase.forms.folded for phrase in query.phrases]
    assert query.phrases[0].whole
    assert query.words == ("is", "dingtalk", "safe")


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://t.me/abc?x=1", "t.me/abc"),
        ("t.me", "t.me"),
        ("www.whatsapp.com/", "whatsapp.com"),
        ("HTTPS://WA.ME/123 please", "wa.me/123"),
        ("t.me/abc?next=https://example.com", "t.me/abc"),
        ("https://t.me/abc?next=https://example.com", "t.me/abc"),
        ("DingTalk", ""),
        ("https://[x.y", ""),
        ("...", ""),
    ],
)
def test_it_sees_a_pasted_link(text: str, link: str) -> None:
    assert "".join(parse(text).links) == link


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


def test_quotes_hold_words_together_and_a_minus_leaves_out() -> None:
    query = parse('"phone calls" dingtalk -zoom -"screen shots"')
    assert query.wanted == (Clause(("phone", "call")), Clause(("dingtalk",)))
    assert query.unwanted == (Clause(("zoom",)), Clause(("screen", "shot")))
    assert query.folded == "phonecallsdingtalk"
    assert query.exact


def test_operators_and_words_that_say_nothing_are_not_looked_for() -> None:
    assert [wanted.terms for wanted in parse("refund AND the NOT chargeback OR").wanted] == [
        ("refund",),
        ("chargeback",),
    ]


@pytest.mark.parametrize(
    "text", ['"', '"""', '"unbalanced', "-", "- -", "--", "-!", "AND", "NEAR(", "a*", "^", "col:x"]
)
def test_loose_signs_are_not_read_as_anything(text: str) -> None:
    assert not parse(text).unwanted
    assert not parse(text).exact


def test_letters_that_were_spaced_out_are_a_word_again() -> None:
    assert "dingtalk" in parse("please d i n g t a l k now").words


def test_names_can_stand_inside_a_run_of_such_a_script() -> None:
    assert parse("我们用钉钉聊吧 ok").runs == ("我们用钉钉聊吧",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("微信，钉钉", {"微信", "钉钉"}),
        ("微信、钉钉", {"微信", "钉钉"}),
        ("please install 钉钉，thanks", {"钉钉"}),
        ("钉钉！谢谢", {"钉钉"}),
        ("钉钉。谢谢", {"钉钉"}),
        ("「钉钉」", {"钉钉"}),
        ("DingTalk，please", {"DingTalk"}),
        ("DingTalk；WeChat", {"DingTalk", "WeChat"}),
        ("Zoom、LINE", {"Zoom", "LINE"}),
        ("DingTalk+WeChat", {"DingTalk", "WeChat"}),
        ("DingTalk·WeChat", {"DingTalk", "WeChat"}),
        ("تليجرام،واتساب", {"تليجرام", "واتساب"}),
        ("Notepad++", {"Notepad++"}),
        ("dingtalk。com", {"dingtalk。com"}),
    ],
)
def test_names_are_separated_at_the_signs_of_every_script(text: str, names: set[str]) -> None:
    assert names <= {phrase.text for phrase in parse(text).phrases}
