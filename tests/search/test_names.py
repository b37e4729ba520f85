"""Names in memory: what a query means among them, and how sure that is."""

import pytest

from search.names.matching import CONFIDENT, EXACT, MOST_PREFIXED, POSSIBLE, Name, NameIndex
from search.names.variants import forms
from search.query import parse

NAMES = ["Zoom", "Signal", "Time Doctor", "GoTo", "PeoplePerHour", "Mattermost", "微信", "Slack", "text message"]
INDEX = NameIndex(
    [*(Name("tool", key, text) for key, text in enumerate(NAMES)), Name("tool", 99, "mturk.com", domain=True)]
)


def best(text: str) -> tuple[str, float]:
    found = INDEX.match(parse(text))
    return (found[0].name.text, found[0].score) if found else ("", 0.0)


def test_a_name_is_sure() -> None:
    assert best("mattermost") == ("Mattermost", EXACT)


@pytest.mark.parametrize("text", ["mattermsot", "matter-most", "m@tt3rm0st", "mattermos", "use mattermost please"])
def test_a_name_in_another_guise_is_sure_enough(text: str) -> None:
    name, score = best(text)
    assert name == "Mattermost"
    assert CONFIDENT <= score < EXACT or text == "matter-most"


@pytest.mark.parametrize(
    "text", ["smoke signal over the hill", "we go to town tomorrow", "a slack rope was hanging there"]
)
def test_everyday_words_in_a_sentence_are_no_sure_name(text: str) -> None:
    assert best(text)[1] < CONFIDENT


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("is signal safe", "Signal"),
        ("install signal today or tomorrow", "Signal"),
        ("join our slack", "Slack"),
        ("time doctor records everything", "Time Doctor"),
    ],
)
def test_everyday_words_with_a_cue_are(text: str, name: str) -> None:
    assert best(text)[0] == name
    assert best(text)[1] >= CONFIDENT


def test_a_name_inside_a_run_without_spaces_is_found() -> None:
    assert best("我的微信号")[0] == "微信"


@pytest.mark.parametrize(
    ("text", "name"), [("pph", "PeoplePerHour"), ("mturk", "mturk.com"), ("https://worker.mturk.com/x", "mturk.com")]
)
def test_initials_and_domains_are_names_too(text: str, name: str) -> None:
    assert best(text)[0] == name


def test_initials_inside_a_sentence_are_not() -> None:
    assert best("the pph of this is unknown")[0] != "PeoplePerHour"


@pytest.mark.parametrize("text", ["", "x", "banana", "qwxzv", "!!!"])
def test_nothing_is_invented(text: str) -> None:
    assert best(text)[1] < POSSIBLE


def test_each_thing_comes_once() -> None:
    index = NameIndex(
        [Name("tool", 1, "DingTalk"), Name("tool", 1, "Ding Talk"), Name("tool", 1, "dingtalk.com", domain=True)]
    )
    assert len(index.match(parse("dingtalk"))) == 1


def test_suggestions_are_the_shortest_names_that_begin_so() -> None:
    index = NameIndex([Name("tool", 1, "Zoom"), Name("tool", 2, "Zoom Remote Control"), Name("tool", 3, "Slack")])
    assert [match.name.text for match in index.beginning_with(forms("zo"), 5)] == [
        "Zoom",
        "Zoom Remote Control",
    ]


def test_nothing_is_suggested_before_a_letter_is_typed() -> None:
    assert INDEX.beginning_with(forms("!!!"), 5) == []


def test_a_name_without_letters_is_found_by_nothing_and_hides_no_other() -> None:
    index = NameIndex([Name("tool", 1, "!!!"), Name("tool", 2, "Zoom")])
    assert index.match(parse("!!!")) == []
    assert [match.name.text for match in index.match(parse("zoom"))] == ["Zoom"]


def test_of_very_many_names_that_hold_the_query_only_the_first_are_found() -> None:
    index = NameIndex(Name("tool", key, f"{key:03} Zyphra") for key in range(MOST_PREFIXED + 10))
    found = index.match(parse("zyphra"))
    assert [match.name.key for match in found] == list(range(MOST_PREFIXED))
