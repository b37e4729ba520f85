"""Tools are found by the words of people who do not know their names, in any language."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.descriptions import Description, DescriptionIndex
from search.query import parse
from search.service import find
from search.suggestions import suggest

pytestmark = pytest.mark.django_db


def tools(query: str) -> list[str]:
    return [match.tool.slug for match in find(parse(query), limit=10).tools]


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("blue app with a lightning bolt", "dingtalk"),
        ("chinesischer Arbeitschat von Alibaba", "dingtalk"),
        ("call that rings again and again", "dingtalk"),
        ("阿里巴巴的办公软件", "dingtalk"),
        ("青い羽や稲妻のアイコン", "dingtalk"),
        ("أيقونة زرقاء بجناح أو برق", "dingtalk"),
        ("yellow ghost app", "snapchat"),
        ("penguin messenger", "qq"),
        ("red diamond icon", "anydesk"),
        ("синий мессенджер с бумажным самолётиком", "telegram"),
        ("노란 유령 앱", "snapchat"),
        ("नीला ऐप जिस पर काग़ज़ का जहाज़ बना है", "telegram"),
    ],
)
def test_a_description_finds_its_tool_near_the_top(query: str, slug: str) -> None:
    assert slug in tools(query)[:3]


@pytest.mark.parametrize(
    "query",
    [
        "I need a logo with a white bird",
        "design a blue icon for my app",
        "black and white photo of my dog",
        "nice weather in the green garden",
        "blue chat app",
        "question session:2 today",
        "note:this",
        "信号不好",
    ],
)
def test_ordinary_words_describe_no_tool(query: str) -> None:
    assert tools(query) == []


@pytest.mark.parametrize(
    ("link", "slug"),
    [
        ("dingtalk://x", "dingtalk"),
        ("look: TG://resolve?domain=somebody", "telegram"),
        ("element:vector/room", "element"),
        ("wxwork://jump", "wecom"),
        ("fb-messenger://user/1", "facebook-messenger"),
        ("mailto:somebody", "email"),
    ],
)
def test_a_link_that_opens_an_app_finds_its_tool(link: str, slug: str) -> None:
    assert tools(link)[:1] == [slug]


def test_a_name_goes_before_a_description() -> None:
    assert tools("RustDesk is like the red diamond icon")[0] == "rustdesk"


def test_an_ambiguous_name_in_a_sentence_needs_a_word_that_shows_what_is_meant() -> None:
    assert tools("the 企鹅 lives in the cold") == []
    assert tools("企鹅") == ["qq"]


def test_suggestions_know_descriptions_where_no_name_fits() -> None:
    assert "Snapchat" in [suggestion.text for suggestion in suggest(parse("yellow ghost"))]


def test_descriptions_take_no_queries_of_their_own(visitor: Client) -> None:
    def queries(words: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            find(parse(words), limit=10)
        return len(asked)

    find(parse("warm up"), limit=10)
    assert queries("penguin messenger") <= queries("shows who has read") + 1


def test_neutral_descriptions_count_together_and_others_do_not() -> None:
    def found(*, neutral: bool) -> list[int]:
        rows = [Description(1, text, neutral) for text in ("beige walrus", "made in Atlantis", "used by divers")]
        others = [Description(2, f"thing number {number}", neutral=True) for number in range(20)]
        return [match.tool for match in DescriptionIndex([*rows, *others]).match(parse("walrus divers Atlantis"))]

    assert found(neutral=True) == [1]
    assert found(neutral=False) == []
