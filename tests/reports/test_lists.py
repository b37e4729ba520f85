"""Lists of warnings about entries: the same rows however they are found, and filters that are typed."""

import random
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from directory.models import Marketplace, Tactic, Tool
from reports import lists
from reports.choices import CountKind, Status
from reports.forms import filters
from reports.lists import warnings_about
from reports.models import LINKS, Tag, TaggedWarning, Warning
from tests.factories import TagFactory, WarningFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def linked() -> dict[CountKind, list[int]]:
    """Warnings with links to a few entries, drawn by lot; the keys of the entries."""
    draw = random.Random(3)
    entries: dict[CountKind, list[Any]] = {
        CountKind.TOOL: list(Tool.objects.order_by("pk")[:3]),
        CountKind.TACTIC: list(Tactic.objects.order_by("pk")[:3]),
        CountKind.MARKETPLACE: list(Marketplace.objects.order_by("pk")[:3]),
        CountKind.TAG: [TagFactory() for _ in range(3)],
    }
    for number in range(30):
        status = Status.PUBLISHED if number % 5 else Status.HIDDEN
        warning = WarningFactory(status=status, published_at=timezone.now())
        for kind, some in entries.items():
            for entry in draw.sample(some, draw.randrange(3)):
                LINKS[kind].model.objects.create(**{LINKS[kind].warning: warning.pk, LINKS[kind].entry: entry.pk})
    return {kind: [entry.pk for entry in some] for kind, some in entries.items()}


@pytest.mark.parametrize("rows", [0, 10**9])
def test_both_ways_find_the_same(
    rows: int, linked: dict[CountKind, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "_ROWS", rows)
    draw = random.Random(rows)
    for _ in range(30):
        kinds = draw.sample(list(linked), draw.randrange(1, 4))
        subjects = {kind: draw.choice(linked[kind]) for kind in kinds}
        wanted = set(Warning.objects.published().values_list("pk", flat=True))
        for kind, key in subjects.items():
            links = LINKS[kind].model.objects.filter(**{LINKS[kind].entry: key})
            wanted &= set(links.values_list(LINKS[kind].warning, flat=True))
        found = warnings_about(subjects)
        assert sorted(found.rows.values_list("pk", flat=True)) == sorted(wanted)
        assert found.total in {None, len(wanted)}


def test_the_number_of_all_warnings_is_known() -> None:
    found = warnings_about({})
    assert found.total == found.rows.count() > 0


def test_many_choices_are_typed_and_understood_by_any_name(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "MOST_LISTED", 0)
    WarningFactory(status=Status.PUBLISHED, published_at=timezone.now())
    warning = Warning.objects.filter(tools__slug="dingtalk", status=Status.PUBLISHED).first()
    assert warning
    for typed in ("DingTalk", "dingtalk", "釘釘", " ding talk "):
        response = visitor.get("/warnings/", {"tool": typed})
        form = response.context["form"]
        assert form.chosen()["tool"] == "dingtalk"
        assert form["tool"].field.widget.input_type == "text"
        assert form["tool"].value() == "DingTalk"
        assert [chip.label for chip in form.chips()] == ["Tool: DingTalk"]
        shown = {each.pk for each in response.context["listing"].items}
        assert shown == set(Warning.objects.published().filter(tools__slug="dingtalk").values_list("pk", flat=True))


def test_a_typed_name_that_nothing_has_is_an_error_and_stays(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "MOST_LISTED", 0)
    response = visitor.get("/warnings/", {"tool": "<Nothing>", "tag": ""})
    assert response.context["form"].errors.keys() == {"tool"}
    assert response.context["form"]["tool"].value() == "<Nothing>"
    assert list(response.context["listing"].items) == []
    assert "&lt;Nothing&gt;" in response.content.decode()


def test_few_choices_are_listed_with_only_what_has_warnings(visitor: Client) -> None:
    tag: Tag = TagFactory(name="unused")
    form = visitor.get("/warnings/").context["form"]
    assert tag.slug not in dict(form.fields["tag"].choices)
    TaggedWarning.objects.create(tag=tag, content_object=Warning.objects.published().earliest("pk"))
    assert tag.slug in dict(visitor.get("/warnings/").context["form"].fields["tag"].choices)
