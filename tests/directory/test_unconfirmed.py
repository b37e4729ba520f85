"""What no source was read for counts nowhere, and everywhere one and the same thing is said of it."""

import csv
from typing import Any

import pytest
from django.test import Client

from directory.models import Feature, Marketplace, Protection, Source, Tactic, Tool
from tests.factories import FactFactory, FeatureFactory, ToolFactory
from tests.pages_under_test import elements, numbers, part

pytestmark = pytest.mark.django_db


@pytest.fixture
def tool() -> Tool:
    """A tool with one fact that was read and two that were not."""
    made = ToolFactory(slug="halfread", name="Halfread")
    FactFactory(tool=made, feature=FeatureFactory(slug="was-read", severity=1))
    for number in (1, 2):
        fact = FactFactory(tool=made, feature=FeatureFactory(slug=f"unread-{number}", severity=5), reviewed=False)
        fact.citations.update(confirmed=False)
    return made


def test_the_verdict_and_what_is_in_short_count_what_was_read(tool: Tool, visitor: Client) -> None:
    page = visitor.get("/tools/halfread/")
    assert numbers(page, "verdict") == [1]
    [short] = elements(page, "dl", class_="in-short")
    assert "Made feature" in short.text
    assert [one.text[-3:] for one in short.everything() if one.attributes.get("class") == "switch"] == [": 1"]
    [table] = elements(page, "table", class_="facts")
    assert len([one for one in table.everything() if one.name == "tr"]) == 4


def test_a_row_has_a_date_or_a_doubt(tool: Tool, visitor: Client) -> None:
    [table] = elements(visitor.get("/tools/halfread/"), "table", class_="facts")
    rows = [one for one in table.everything() if one.name == "tr"][1:]
    found = [
        (
            "time" in [one.name for one in row.everything()],
            "unconfirmed" in [one.attributes.get("data-state") for one in row.everything()],
        )
        for row in rows
    ]
    assert found == [(True, False), (False, True), (False, True)]


@pytest.mark.parametrize("slug", ["wechat", "ultraviewer", "anydesk"])
def test_rows_of_the_catalogue_do_not_contradict_themselves(slug: str, visitor: Client) -> None:
    page = visitor.get(f"/tools/{slug}/")
    assert "no source was opened" not in page.content.decode()
    for row in [
        one
        for one in elements(page, "tr")
        if "unconfirmed" in [x.attributes.get("data-state") for x in one.everything()]
    ]:
        assert "Checked" not in row.text
    read = Tool.objects.get(slug=slug).facts.filter(present=True, reviewed=True).count()
    assert str(read) in part(page, "verdict")


@pytest.mark.usefixtures("tool")
def test_lists_filters_matrix_and_comparison_leave_it_out(visitor: Client) -> None:
    [card] = [one for one in elements(visitor.get("/tools/?name=halfread"), "article") if "Halfread" in one.text]
    assert " 1 confirmed" in card.text
    assert [tool.slug for tool in Tool.objects.with_feature("was-read")] == ["halfread"]
    assert not Tool.objects.with_feature("unread-1").exists()
    rows: Any = Feature.objects.for_list()
    counts = {feature.slug: feature.tool_count for feature in rows}
    assert (counts["was-read"], counts["unread-1"]) == (1, 0)
    rows = {
        row["tool"]: row for row in csv.DictReader(visitor.get("/tools/matrix.csv").content.decode().splitlines())
    }
    assert (bool(rows["halfread"]["was-read"]), rows["halfread"]["unread-1"]) == (True, "")
    compared = visitor.get("/tools/compare/?tool=halfread&tool=dingtalk")
    assert "/features/was-read/" in compared.content.decode()
    assert "/features/unread-1/" not in compared.content.decode()


def test_protections_tactics_and_marketplaces_say_it_as_well(tool: Tool, visitor: Client) -> None:
    Protection.objects.create(tool=tool, name="A lock", detail="They say so.")
    shown = [
        one.attributes.get("data-state")
        for one in elements(visitor.get("/tools/halfread/"), "strong", class_="doubt")
    ]
    assert shown.count("unconfirmed") == 3
    Source.objects.update(confirmed=False)
    for row, address in ((Tactic.objects.first(), "tactics"), (Marketplace.objects.first(), "marketplaces")):
        assert row
        row.citations.update(confirmed=False)
        for rule in getattr(row, "rules", Tactic.objects.none()).all():
            rule.citations.update(confirmed=False)
        assert "hecked <time" not in visitor.get(f"/{address}/{row.slug}/").content.decode()


def test_the_figures_count_sources_that_were_read(visitor: Client) -> None:
    Source.objects.exclude(pk=Source.objects.order_by("pk")[0].pk).update(confirmed=False)
    Source.objects.filter(pk=Source.objects.order_by("pk")[0].pk).update(confirmed=True)
    assert "1 sources stand behind it" in visitor.get("/about/").content.decode()
