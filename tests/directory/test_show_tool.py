"""The page of a tool: what a reader in a hurry needs, in that order."""

import re
from datetime import date

import pytest
from django.test import Client

from directory.models import Source, Tool, ToolFeature
from tests.factories import FactFactory
from tests.prepared import TODAY

pytestmark = pytest.mark.django_db


def page(visitor: Client, slug: str) -> str:
    response = visitor.get(f"/tools/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_answers_in_the_order_of_need(visitor: Client) -> None:
    html = page(visitor, "dingtalk")
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", html)
    assert headings == [
        "What they can do to you with it",
        "What to answer",
        "What your marketplace says",
        "What happened to others",
        "If you must use it",
        "What it does to protect you",
        "What to offer instead",
        "What the vendor says",
        "How the grade comes about",
        "About DingTalk",
        "Sources",
    ]
    assert html.index("Very high risk") < html.index("What they can do to you")


def test_it_shows_verdict_coverage_and_the_sum(visitor: Client) -> None:
    html = page(visitor, "dingtalk")
    assert "12 things on record that DingTalk can do to you; 6 of them you cannot switch off." in html
    assert "12 of 25 features that could apply are settled (48% coverage)" in html
    assert "<strong>92.7</strong> of 100" in html


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
    assert "Not confirmed: no source was opened for this yet. It is not part of the grade." in page(
        visitor, "ultraviewer"
    )


def test_a_stale_fact_says_so(visitor: Client) -> None:
    ToolFeature.objects.filter(tool__slug="signal").update(checked_on=date(2020, 1, 1))
    assert "Needs a re-check: the last one is too long ago." in page(visitor, "signal")


def test_a_changed_source_is_named(visitor: Client) -> None:
    Source.objects.filter(tool_features__tool__slug="signal").update(reported_changed_on=TODAY)
    html = page(visitor, "signal")
    assert "a reader reports that a source has changed" in html
    assert "Reported changed." in html


def test_an_absent_feature_is_shown_apart(visitor: Client) -> None:
    FactFactory(
        tool=Tool.objects.get(slug="wire"), present=False, control="", can_disable="", detail="It has no such thing."
    )
    html = page(visitor, "wire")
    assert "What it does not have" in html
    assert "It has no such thing." in html


def test_a_tool_that_nobody_looked_at_does_not_look_safe(visitor: Client) -> None:
    html = page(visitor, "wire")
    assert "Not assessed" in html
    assert "That does not make it safe" in html


def test_a_retired_tool_says_so(visitor: Client) -> None:
    assert "Retired by Microsoft" in page(visitor, "skype")


def test_a_floor_is_explained(visitor: Client) -> None:
    html = page(visitor, "anydesk")
    assert "Still never better than D: " in html
    assert "The grade is held at D by a floor" in html


def test_it_shows_the_rule_that_the_request_touches(visitor: Client) -> None:
    assert "talking outside the platform" in page(visitor, "dingtalk")
    assert "files and links from outside" in page(visitor, "anydesk")


def test_it_tells_who_is_asked_to_install_remote_access_what_to_answer(visitor: Client) -> None:
    assert "I do not give remote access to my computer." in page(visitor, "anydesk")


def test_it_says_404_for_a_tool_that_is_not_there(visitor: Client) -> None:
    response = visitor.get("/tools/no-such-tool/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_it_escapes_what_the_catalogue_says(visitor: Client) -> None:
    Tool.objects.filter(slug="signal").update(summary="<script>alert(1)</script>", common_where=["<b>x</b>"])
    html = page(visitor, "signal")
    assert "<script>alert" not in html
    assert "<b>x</b>" not in html
