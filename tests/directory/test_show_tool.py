"""The page of a tool: what a reader in a hurry needs, in that order."""

import re
from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.choices import Grade, RuleTopic
from directory.descriptions import MOST_SHOWN
from directory.grade import grade_of
from directory.models import Feature, ReadyReply, Source, Tool, ToolFeature
from directory.tool_page import MOST_NAMES, build
from directory.verdict import GRADE_WORDS, verdict
from tests.factories import FactFactory, ToolFactory
from tests.pages_under_test import elements, numbers, part, parts, states
from tests.prepared import TODAY

pytestmark = pytest.mark.django_db


def page(visitor: Client, slug: str) -> str:
    response = visitor.get(f"/tools/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_answers_in_the_order_of_need(visitor: Client) -> None:
    html = page(visitor, "dingtalk")
    headings = elements(html, "h2")
    assert [heading.attributes["id"] for heading in headings] == [
        "can-do",
        "answer",
        "rules",
        "warnings",
        "if-you-must",
        "protections",
        "instead",
        "vendor",
        "grade",
        "recognise",
        "facts",
        "sources",
    ]
    assert all(heading.text for heading in headings)
    assert html.index(f">{GRADE_WORDS[Grade.E]}") < html.index('id="can-do"')


def test_it_shows_verdict_coverage_and_the_sum(visitor: Client) -> None:
    html = page(visitor, "dingtalk")
    assert part(html, "verdict") == verdict("DingTalk", Tool.objects.get(slug="dingtalk").facts.all(), grade="E")
    assert numbers(html, "verdict") == [12, 6]
    assert numbers(html, "coverage") == [12, 25, 48]
    assert "<strong>92.7</strong>" in html
    assert "92.7" in part(html, "sum")


def test_it_folds_many_names_away_and_says_their_languages(visitor: Client) -> None:
    html = page(visitor, "whatsapp")
    real = [name for name in Tool.objects.get(slug="whatsapp").names.all() if name.is_real][1:]
    [folded] = [each for each in elements(html, "details") if real[-1].text in each.text]
    shown = {each.text for each in folded.everything() if each.name == "bdi"}
    assert shown == {name.text for name in real[MOST_NAMES:]}
    assert {name.text for name in real} <= {each.text for each in elements(html, "bdi")}
    assert real[-1].text in [each.text for each in elements(html, "bdi", lang=real[-1].lang)]


def test_it_shows_neutral_descriptions_only_and_few_of_them(visitor: Client) -> None:
    tool = Tool.objects.get(slug="dingtalk")
    [section] = elements(page(visitor, "dingtalk"), "section", aria_labelledby="recognise")
    items = [each for each in section.everything() if each.name == "li"]
    neutral = tool.descriptions.filter(neutral=True, lang="en").values_list("text", flat=True)
    assert [item.text.lower() for item in items] == [text.lower() for text in neutral[:MOST_SHOWN]]
    html = page(visitor, "dingtalk").lower()
    assert not [row.text for row in tool.descriptions.filter(neutral=False) if f">{row.text.lower()}<" in html]


def test_a_description_says_its_language_where_there_is_none_in_english(visitor: Client) -> None:
    tool = ToolFactory(slug="madechat")
    assert 'id="recognise"' not in page(visitor, "madechat")
    for lang, neutral in (("de", True), ("zh", False)):
        tool.descriptions.create(text=f"Zeichen {lang}", lang=lang, neutral=neutral)
    caches["default"].clear()
    html = page(visitor, "madechat")
    assert [item.text for item in elements(html, "li", lang="de")] == ["Zeichen de"]
    assert "Zeichen zh" not in html


def test_it_shows_how_links_that_open_its_app_begin(visitor: Client) -> None:
    assert "dingtalk:" in [code.text for code in elements(page(visitor, "dingtalk"), "code")]


def test_it_takes_no_more_queries_for_more_descriptions() -> None:
    tool = ToolFactory()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            row = Tool.objects.for_page().get(pk=tool.pk)
            build(row, today=TODAY)
        return len(asked)

    before = queries()
    for number in range(30):
        tool.descriptions.create(text=f"Sign {number}", neutral=True)
        tool.app_schemes.create(scheme=f"scheme{number}")
    assert queries() == before


def test_it_shows_real_names_only(visitor: Client) -> None:
    html = page(visitor, "dingtalk")
    assert "钉钉" in html
    for hidden in ("盯盯", "d1ngtalk", "dintalk"):
        assert hidden not in html


def test_every_fact_has_a_footnote_that_leads_to_its_source_and_back(visitor: Client) -> None:
    html = page(visitor, "dingtalk")
    marks = set(re.findall(r'id="(mark-\d+-\d+)"', html))
    assert marks == set(re.findall(r'href="#(mark-\d+-\d+)"', html))
    notes = set(re.findall(r'href="#(note-\d+)"', html))
    assert notes == set(re.findall(r'id="(note-\d+)"', html))
    assert len(notes) == Source.objects.filter(tool_features__tool__slug="dingtalk").union(
        Source.objects.filter(protections__tool__slug="dingtalk")).count()  # fmt: skip


def test_an_unconfirmed_fact_says_so_and_does_not_count(visitor: Client) -> None:
    assert "unconfirmed" in states(page(visitor, "ultraviewer"))


def test_a_stale_fact_says_so(visitor: Client) -> None:
    assert "stale" not in states(page(visitor, "signal"))
    ToolFeature.objects.filter(tool__slug="signal").update(checked_on=date(2020, 1, 1))
    assert "stale" in states(page(visitor, "signal"))


def test_a_changed_source_is_named(visitor: Client) -> None:
    Source.objects.filter(tool_features__tool__slug="signal").update(reported_changed_on=TODAY)
    html = page(visitor, "signal")
    assert {"source-changed", "reported-changed"} <= set(states(html))


def test_an_absent_feature_is_shown_apart(visitor: Client) -> None:
    FactFactory(
        tool=Tool.objects.get(slug="wire"), present=False, control="", can_disable="", detail="It has no such thing."
    )
    html = page(visitor, "wire")
    assert "absent" in parts(html)
    assert "It has no such thing." in html


def test_a_tool_that_nobody_looked_at_does_not_look_safe(visitor: Client) -> None:
    html = page(visitor, "wire")
    assert elements(html, "span", class_="grade", data_grade="")
    assert GRADE_WORDS[""] in html
    assert part(html, "verdict") == verdict("Wire", [])
    [facts] = elements(html, "section", aria_labelledby="can-do")
    [empty] = [one for one in facts.everything() if one.attributes.get("class") == "empty"]
    assert "/tools/wire/facts/" in [one.attributes.get("href") for one in empty.everything()]
    assert "table" not in [one.name for one in facts.everything()]
    [filled] = elements(page(visitor, "dingtalk"), "section", aria_labelledby="can-do")
    assert "empty" not in [one.attributes.get("class") for one in filled.everything()]


def test_a_retired_tool_says_so(visitor: Client) -> None:
    assert "Retired by Microsoft" in page(visitor, "skype")
    assert "retired" in states(page(visitor, "skype"))


def test_a_floor_is_explained(visitor: Client) -> None:
    html = page(visitor, "anydesk")
    assessment = Tool.objects.get(slug="anydesk")
    assert assessment.grade
    for name in ("floor", "sum"):
        assert " D" in part(html, name).replace(":", " ")


@pytest.mark.parametrize("slug", ["anydesk", "chrome-remote-desktop", "teamviewer", "dingtalk"])
def test_the_mark_of_the_scale_stands_on_the_grade(slug: str, visitor: Client) -> None:
    tool = Tool.objects.get(slug=slug)
    [mark] = elements(page(visitor, slug), "path", class_="mark")
    tip = float(mark.attributes["transform"].removeprefix("translate(").removesuffix(")")) + 5
    assert grade_of(tip / 2) == tool.grade
    [meter] = elements(page(visitor, slug), "svg", class_="meter")
    assert meter.attributes["aria-label"].startswith(f"Grade {tool.grade}")


@pytest.mark.parametrize("slug", ["anydesk", "chrome-remote-desktop"])
def test_the_reason_of_a_floor_that_decides_comes_first(slug: str, visitor: Client) -> None:
    reason = Feature.objects.get(slug="remote-control").floor_reason
    said = part(page(visitor, slug), "verdict")
    assert said.startswith(reason)
    assert numbers(page(visitor, slug), "verdict")
    assert "limited" not in said


def test_the_preview_picture_says_what_the_page_says(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    caches["pictures"].clear()
    drawn: list[str] = []

    def draw(name: str, grade: str, verdict: str, *, site_name: str) -> bytes:
        drawn.append(verdict)
        return b"x"

    monkeypatch.setattr("directory.views.directory.draw_card", draw)
    visitor.get("/card/anydesk.png")
    assert drawn == [part(page(visitor, "anydesk"), "verdict")]


def test_a_comparison_says_that_a_floor_holds_a_grade(visitor: Client) -> None:
    html = visitor.get("/tools/compare/?tool=anydesk&tool=dingtalk").content.decode()
    assert [len(re.findall(r"\bfloor", one.text)) for one in elements(html, "th", scope="col")] == [0, 1, 0]


HARDEST_FIRST = ["nobody", "others", "unknown", "partly", "you"]


@pytest.mark.parametrize("slug", ["wechat", "anydesk", "hubstaff", "zoom", "dingtalk"])
def test_the_order_of_the_rows_can_be_followed_by_what_they_show(slug: str, visitor: Client) -> None:
    [table] = elements(page(visitor, slug), "table", class_="facts")
    shown = []
    for row in [one for one in table.everything() if one.name == "tr"][1:]:
        inside = [one.attributes for one in row.everything()]
        [switch] = [one["data-value"] for one in inside if "data-value" in one]
        found = re.search(r"severity (\d) of 5", row.text)
        assert found
        shown.append(
            ("unconfirmed" in [one.get("data-state") for one in inside], -int(found[1]), HARDEST_FIRST.index(switch))
        )
    assert len(shown) > 1
    assert shown == sorted(shown)


def test_it_shows_the_rule_that_the_request_touches(visitor: Client) -> None:
    for slug, topic in (("dingtalk", RuleTopic.OFF_PLATFORM_CONTACT), ("anydesk", RuleTopic.OUTSIDE_FILES)):
        assert f": {topic.label.lower()}</summary>" in page(visitor, slug)


@pytest.mark.parametrize("slug", ["hubstaff", "time-doctor", "teramind", "upwork-desktop-app"])
def test_the_reply_to_a_tracker_declines_it(slug: str, visitor: Client) -> None:
    html = page(visitor, slug)
    assert ReadyReply.objects.get(tactic__slug="monitoring-software").text in html
    assert f": {RuleTopic.OUTSIDE_FILES.label.lower()}</summary>" in html
    assert f": {RuleTopic.OFF_PLATFORM_CONTACT.label.lower()}</summary>" not in html


def test_it_tells_who_is_asked_to_install_remote_access_what_to_answer(visitor: Client) -> None:
    assert "I do not give remote access to my computer." in page(visitor, "anydesk")


def test_it_says_404_for_a_tool_that_is_not_there(visitor: Client) -> None:
    response = visitor.get("/tools/no-such-tool/")
    assert response.status_code == 404
    assert states(response) == ["404"]


def test_it_escapes_what_the_catalogue_says(visitor: Client) -> None:
    Tool.objects.filter(slug="signal").update(summary="<script>alert(1)</script>", common_where=["<b>x</b>"])
    html = page(visitor, "signal")
    assert "<script>alert" not in html
    assert "<b>x</b>" not in html
