"""Comparing tools side by side."""

import pytest
from django.test import Client

from directory.comparison import compare
from tests.pages_under_test import elements

pytestmark = pytest.mark.django_db


def test_it_finds_tools_by_slug_or_any_name() -> None:
    assert [tool.slug for tool in compare(["dingtalk", "微信", " Ms Teams "]).tools] == [
        "dingtalk",
        "wechat",
        "microsoft-teams",
    ]


def test_it_says_what_it_does_not_know_and_keeps_it_in_the_box(visitor: Client) -> None:
    html = visitor.get("/tools/compare/?tool=dingtalk&tool=nothing").content.decode()
    [unknown] = elements(html, "p", data_state="unknown")
    assert [one.text for one in unknown.everything() if one.name == "bdi"] == ["nothing"]
    assert 'value="nothing"' in html


def test_a_tool_named_twice_is_one(visitor: Client) -> None:
    assert not compare(["dingtalk", "钉钉"]).enough
    page = visitor.get("/tools/compare/?tool=dingtalk&tool=dingding")
    assert elements(page, "p", class_="empty")
    assert not elements(page, "table")


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
    assert " 92.7" in html
    assert html.index('data-part="differing"') < html.index("Read receipts the reader cannot refuse")
    [table] = elements(html, "table", class_="comparison")
    cells = [cell for cell in table.everything() if cell.name == "td"]
    unknown = [cell for cell in cells if any(one.attributes.get("class") == "meta" for one in cell.everything())]
    assert 0 < len(unknown) < len(cells)


@pytest.mark.parametrize("query", ["", "?tool=", "?tool=%00", "?tool=" + "x" * 10_000, "?tool=<script>&tool=%22"])
def test_it_has_a_sensible_answer_to_anything(query: str, visitor: Client) -> None:
    response = visitor.get(f"/tools/compare/{query}")
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_a_tools_page_leads_there(visitor: Client) -> None:
    assert 'href="/tools/compare/?tool=dingtalk"' in visitor.get("/tools/dingtalk/").content.decode()
