"""The list of warnings and its filters: names are understood, and what is not known lists nothing."""

import re

import pytest
from django.test import Client

from directory.models import Marketplace, Tactic, Tool
from reports.actions.warnings import set_tags
from reports.models import Tag, TagSynonym, Warning
from reports.tag_names import fold_tag
from tests.factories import WarningFactory
from tests.pages_under_test import elements, links, numbers, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def warning() -> Warning:
    """A warning about a tool, a tactic and a marketplace, with a tag that had another name before."""
    made: Warning = WarningFactory()
    made.tools.add(Tool.objects.get(slug="microsoft-teams"))
    made.tactics.add(Tactic.objects.get(slug="advance-fee"))
    made.marketplaces.add(Marketplace.objects.get(slug="freelancer-com"))
    set_tags(warning=made, names=["Late Payment"])
    tag = Tag.objects.get(name="Late Payment")
    TagSynonym.objects.create(tag=tag, name="Slow Payer", slug="slow-payer", folded=fold_tag("Slow Payer"))
    return made


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("tool", "Microsoft-Teams"), ("tool", "MS Teams"), ("tool", " microsoft teams "), ("tool", "Ｍｉｃｒｏｓｏｆｔ－Ｔｅａｍｓ"),
        ("tool", "microsoft-teams\x00"), ("tactic", "Advance-Fee"), ("tactic", "advance fee"),
        ("marketplace", "Freelancer.com"), ("marketplace", "FREELANCER-COM"), ("tag", "Late-Payment"),
        ("tag", "late payment"), ("tag", "slow-payer"), ("tag", "SLOW PAYER"),
    ],
)  # fmt: skip
def test_case_spelling_and_older_names_are_followed(name: str, typed: str, warning: Warning, visitor: Client) -> None:
    WarningFactory()
    response = visitor.get("/warnings/", {name: typed})
    assert not response.context["form"].errors
    assert [shown.pk for shown in response.context["listing"].items] == [warning.pk]
    [chosen] = [one for one in elements(response, "option", selected="") if one.attributes["value"]]
    assert chosen.attributes["value"] == response.context["form"].chosen()[name]
    assert len(elements(response, "a", class_="chip")) == 1


@pytest.mark.usefixtures("warning")
@pytest.mark.parametrize(
    "query",
    [
        "tag=nonsense",
        "tool=nonsense&sort=helpful",
        "tactic=%00",
        "marketplace=!!!",
        "tag=" + "x" * 5_000,
        "tool=%F0%9F%98%80",
    ],
)
def test_something_unknown_lists_nothing_and_says_so(query: str, visitor: Client) -> None:
    response = visitor.get(f"/warnings/?{query}")
    assert response.status_code == 200
    assert numbers(response, "total") == [0]
    assert "unknown" in states(response)
    assert "/warnings/" in links(response)


@pytest.mark.usefixtures("warning")
def test_what_is_known_but_has_no_warning_is_not_called_unknown(visitor: Client) -> None:
    response = visitor.get("/warnings/?tool=Signal")
    assert not response.context["form"].errors
    assert numbers(response, "total") == [0]
    assert "unknown" not in states(response)
    assert re.search(r'<option value="signal" selected', response.content.decode())


@pytest.mark.parametrize(
    ("address", "about"),
    [
        ("/tactics/overpayment-refund/", "tactic"),
        ("/tools/signal/", "tool"),
        ("/marketplaces/upwork/", "marketplace"),
    ],
)
def test_a_page_without_a_warning_is_not_neutral_about_a_fraud(address: str, about: str, visitor: Client) -> None:
    Warning.objects.update(status="hidden")
    [empty] = elements(visitor.get(address), "p", data_state="no-warnings")
    assert empty.attributes["data-about"] == about
    assert "says nothing about how safe" not in empty.text
    assert ("harmful" in empty.text) == (about == "tactic")
