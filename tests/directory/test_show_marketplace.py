"""The page of a marketplace: where to report, as far as that is confirmed."""

import pytest
from django.test import Client

from directory.models import Marketplace
from tests.pages_under_test import elements, links

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("confirmed", [True, False])
def test_the_main_button_leads_only_to_a_page_that_was_opened(confirmed: bool, visitor: Client) -> None:
    address = "https://example.org/report"
    Marketplace.objects.filter(slug="fiverr").update(report_url=address, report_url_confirmed=confirmed)
    page = visitor.get("/marketplaces/fiverr/")
    buttons = [one.attributes["href"] for one in elements(page, "a", class_="button")]
    assert (address in buttons, address in links(page)) == (confirmed, True)
    [section] = elements(page, "section", aria_labelledby="report")
    assert (
        "unconfirmed" in [one.attributes.get("data-state") for one in section.everything() if one.name == "p"]
    ) != confirmed


def test_no_button_of_the_catalogue_leads_to_an_unconfirmed_page(visitor: Client) -> None:
    unconfirmed = Marketplace.objects.filter(report_url_confirmed=False).exclude(report_url="")[:3]
    assert unconfirmed
    for marketplace in unconfirmed:
        page = visitor.get(f"/marketplaces/{marketplace.slug}/")
        assert marketplace.report_url not in [one.attributes["href"] for one in elements(page, "a", class_="button")]


def test_one_without_an_address_offers_none(visitor: Client) -> None:
    Marketplace.objects.filter(slug="fiverr").update(report_url="", report_url_confirmed=False, dispute_url="")
    [section] = elements(visitor.get("/marketplaces/fiverr/"), "section", aria_labelledby="report")
    assert "a" not in [one.name for one in section.everything()]
