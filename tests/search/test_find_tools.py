"""A tool is found by any name of its own, and nothing is invented for nonsense."""

import pytest
from django.test import Client

from directory.models import ToolName
from search.kinds import Kind
from search.names.matching import CONFIDENT, EXACT
from search.query import parse
from search.results import warnings
from search.service import ToolMatch, find
from tests.pages_under_test import elements, part, parts

pytestmark = pytest.mark.django_db


def tools(text: str, limit: int = 10) -> list[ToolMatch]:
    return find(parse(text), limit=limit).tools


def found(text: str) -> list[str]:
    return [match.tool.slug for match in tools(text)]


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("dingding", "dingtalk"),
        ("Ding Ding", "dingtalk"),
        ("钉钉", "dingtalk"),
        ("釘釘", "dingtalk"),
        ("ＤＩＮＧＴＡＬＫ", "dingtalk"),
        ("d1ngtalk", "dingtalk"),
        ("ding\u200btalk", "dingtalk"),
        ("Дингтолк", "dingtalk"),
        ("is dingtalk safe?", "dingtalk"),
        ("buyer wants wechat", "wechat"),
        ("please install any desk now", "anydesk"),
        ("https://t.me/abc", "telegram"),
        ("wa.me/4912345", "whatsapp"),
        ("https://web.whatsapp.com", "whatsapp"),
        ("w h a t s a p p", "whatsapp"),
        ("واتساب", "whatsapp"),
        ("ms teams", "microsoft-teams"),
        (
            "hello dear, i saw your gig and i like it. my manager want to speak first, so pls install DingTalk and add me",
            "dingtalk",
        ),
        ("teamview", "teamviewer"),
        ("g.co/meet/abc", "google-meet"),
    ],
)
def test_it_finds_the_tool_first(typed: str, slug: str) -> None:
    assert found(typed)[:1] == [slug]


def test_every_name_in_the_catalogue_finds_its_tool() -> None:
    for name in ToolName.objects.select_related("tool"):
        assert name.tool.slug in found(name.text), name.text


@pytest.mark.parametrize(
    "nonsense", ["asdfghjkl", "qwxzv", "冒险岛屿", "", "%", "_", "' OR 1=1 --", '"', "a AND", "foo*bar("]
)
def test_it_finds_nothing_for_nonsense(nonsense: str) -> None:
    assert found(nonsense) == []


def test_a_whole_name_beats_names_that_contain_it() -> None:
    assert found("zoom") == ["zoom"]
    assert found("wechat work")[0] == "wecom"


def test_scores_say_how_sure_a_match_is() -> None:
    exact, named, prefix = (tools(text)[0] for text in ("dingtalk", "buyer says dingtalk", "dingt"))
    assert exact.score == EXACT > named.score > prefix.score >= CONFIDENT


def test_it_says_by_which_name() -> None:
    assert tools("微信")[0].matched == "微信"


def test_it_never_gives_more_than_asked_for() -> None:
    assert len(tools("screenshots of the desktop", limit=2)) == 2


def test_it_finds_tactics_marketplaces_and_warnings_too() -> None:
    assert [t.slug for t in find(parse("overpayment"), limit=5).tactics] == ["overpayment-refund"]
    assert [m.slug for m in find(parse("fiverr"), limit=5).marketplaces] == ["fiverr"]
    assert [m.slug for m in find(parse("https://www.upwork.com/jobs"), limit=5).marketplaces] == ["upwork"]
    posts = find(parse("dingtalk"), limit=5).posts
    assert [warning.founding for warning in warnings(posts, 5)] == [True]
    assert posts[0].kind == Kind.WARNING


def test_what_may_be_meant_is_offered_and_not_asserted() -> None:
    found = find(parse("he dropped the line"), limit=5)
    assert (found.tools, [match.tool.slug for match in found.maybe]) == ([], ["line"])


@pytest.mark.parametrize(
    ("described", "feature", "tool"),
    [
        ("app that phones you when you don't read messages", "escalating-alerts", "dingtalk"),
        ("screenshots every ten minutes", "screen-capture", "hubstaff"),
        ("controls my mouse remotely", "remote-control", "teamviewer"),
    ],
)
def test_tools_and_features_are_found_by_what_they_do(described: str, feature: str, tool: str) -> None:
    found = find(parse(described), limit=10)
    assert feature in [row.slug for row in found.features]
    assert tool in [match.tool.slug for match in found.tools]
    assert all(CONFIDENT <= match.score < EXACT for match in found.tools)


def test_a_described_trick_is_no_tool() -> None:
    found = find(parse("client asks for free sample"), limit=5)
    assert found.tactics[0].slug == "unpaid-test-work"
    assert found.tools == []


class TestThePage:
    """What a person sees."""

    def test_it_shows_the_tool_and_the_name_that_was_typed(self, visitor: Client) -> None:
        html = visitor.get("/search/", {"q": "钉钉"}).content.decode()
        assert "/tools/dingtalk/" in html
        assert "<bdi>钉钉</bdi></p>" in html

    def test_it_explains_itself_without_a_query(self, visitor: Client) -> None:
        assert elements(visitor.get("/search/"), "div", data_part="explanation")
        assert not elements(visitor.get("/search/?q=zoom"), "div", data_part="explanation")

    def test_it_says_that_absence_says_nothing(self, visitor: Client) -> None:
        page = visitor.get("/search/", {"q": "qwxzv"})
        assert part(page, "absence")
        assert "absence" not in parts(visitor.get("/search/", {"q": "zoom"}))
        [empty] = elements(page, "div", class_="empty")
        assert "/report/?tools=qwxzv" in [one.attributes.get("href") for one in empty.everything()]

    @pytest.mark.parametrize(
        "text", ["x" * 10_000, "\x00", "NOT", '"unbalanced', "<script>alert(1)</script>", "'; DROP TABLE x"]
    )
    def test_it_has_a_sensible_answer_to_anything(self, text: str, visitor: Client) -> None:
        response = visitor.get("/search/", {"q": text})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
