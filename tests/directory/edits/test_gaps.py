"""Where people begin to add what is not known yet."""

import pytest
from django.test import Client

from accounts.models import User
from directory.choices import RuleTopic, ToolKind
from directory.models import Feature, Marketplace, Tool
from tests.directory.edits.conftest import browser_of, filled
from tests.factories import FactFactory
from tests.pages_under_test import elements

pytestmark = pytest.mark.django_db

SOURCE = {
    "sources-0-url": "https://madechat.example/help",
    "sources-0-title": "Help",
    "sources-0-passage": "An alert cannot be refused.",
}


def test_a_tool_leads_to_what_could_apply_and_is_not_known(tool: Tool, tess: User, visitor: Client) -> None:
    at = f"/tools/{tool.slug}/facts/"
    assert f'href="{at}"' in visitor.get(f"/tools/{tool.slug}/").content.decode()
    page = visitor.get(at).content.decode()
    known, kept = Feature.objects.get(slug="escalating-alerts"), Feature.objects.get(slug="message-recall")
    address = f"/tools/{tool.slug}/facts/{known.slug}/edit/"
    assert f'href="{address}"' in page
    client = browser_of(tess)
    typed = {"present": "yes", "control": "other-party", "can_disable": "no", "detail": "Calls you.", **SOURCE}
    form = filled(client, address, **typed, checked_on="2026-11-01")
    assert client.post(address, form).status_code == 302
    assert tool.facts.get().feature == known
    page = visitor.get(at).content.decode()
    assert f'href="{address}"' not in page
    assert f"/facts/{kept.slug}/edit/" in page


def test_features_of_other_kinds_and_replaced_ones_are_left_out(tool: Tool, visitor: Client) -> None:
    other = Feature.objects.exclude(applies_to=[]).first()
    assert other is not None
    kind = next(kind for kind in ToolKind if kind not in other.applies_to)
    Tool.objects.filter(pk=tool.pk).update(kind=kind)
    assert f"/facts/{other.slug}/edit/" not in visitor.get(f"/tools/{tool.slug}/facts/").content.decode()


def test_when_everything_is_known_it_says_so(tool: Tool, visitor: Client) -> None:
    for feature in Feature.objects.current():
        FactFactory(tool=tool, feature=feature)
    assert elements(visitor.get(f"/tools/{tool.slug}/facts/"), "p", class_="empty")


def test_a_marketplace_leads_to_topics_without_a_rule(visitor: Client) -> None:
    market = Marketplace.objects.get(slug="fiverr")
    at = "/marketplaces/fiverr/rules/"
    assert f'href="{at}"' in visitor.get("/marketplaces/fiverr/").content.decode()
    page = visitor.get(at).content.decode()
    known = set(market.rules.values_list("topic", flat=True))
    for topic in RuleTopic:
        assert (f"/rules/{topic.value}/edit/" in page) is (topic not in known)


@pytest.mark.parametrize("address", ["/tools/nowhere/facts/", "/marketplaces/nowhere/rules/"])
def test_what_is_not_there_is_not_found(address: str, visitor: Client) -> None:
    assert visitor.get(address).status_code == 404
