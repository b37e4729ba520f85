"""Comparing tools side by side."""

import pytest
from django.test import Client

from directory.comparison import compare

pytestmark = pytest.mark.django_db


def test_it_finds_tools_by_slug_or_any_name() -> None:
    assert [tool.slug for tool in compare(["dingtalk", "微信", " Ms Teams "]).tools] == [
        "dingtalk",
        "wechat",
        "microsoft-teams",
    ]


def test_it_says_what_it_does_not_know_and_keeps_it_in_the_box(visitor: Client) -> None:
    html = visitor.get("/tools/compare/?tool=dingtalk&tool=nothing").content.decode()
    assert "No tool in the directory is called <bdi>nothing</bdi>." in html
    assert 'value="nothing"' in html


def test_a_tool_named_twice_is_one(visitor: Client) -> None:
    assert not compare(["dingtalk", "钉钉"]).enough
    assert "Name two to four tools" in visitor.get("/tools/compare/?tool=dingtalk&tool=dingding").content.decode()


def test_at_most_four_are_compared() -> None:
    assert len(compare(["dingtalk", "wechat", "zoom", "slack", "telegram", "signal"]).tools) == 4


def test_differences_come_first() -> None:
    found = compare(["lark", "feishu"])
    assert found.differing
    for row in found.differing:
        assert len({cell.key for cell in row.cells}) > 1
    for row in found.agreeing:
        assert len({cell.key for cell in row.cells}) == 1


def test_the_page_shows_both_and_their_grades(visitor: Client) -> None:
    html = visitor.get("/tools/compare/?tool=dingtalk&tool=wechat").content.decode()
    assert "<title>DingTalk or WeChat" in html
    assert "risk 92.7" in html
    assert html.index("What differs") < html.index("Read receipts the reader cannot refuse")
    assert '<span class="meta">Not known</span>' in html


@pytest.mark.parametrize("query", ["", "?tool=", "?tool=%00", "?tool=" + "x" * 10_000, "?tool=<script>&tool=%22"])
def test_it_has_a_sensible_answer_to_anything(query: str, visitor: Client) -> None:
    response = visitor.get(f"/tools/compare/{query}")
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_a_tools_page_leads_there(visitor: Client) -> None:
    assert 'href="/tools/compare/?tool=dingtalk"' in visitor.get("/tools/dingtalk/").content.decode()
