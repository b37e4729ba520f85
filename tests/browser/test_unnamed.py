"""Leaving one's handle out, with the keyboard only: when reporting, with one tap, and changing one's mind later."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import fits, signed_in
from tests.browser.test_reporting import no_findings, tab_to
from tests.services.site import OwnSite
from tests.sitemap_of_tests import FOUNDING

pytestmark = pytest.mark.browser

TEXT = "The buyer made me install it and read every word that I wrote there, by day and by night, for two weeks."
TITLE = "Made to install a messenger before the order"


def report_without_the_handle(page: Page) -> None:
    tab_to(page, "In one line")
    page.keyboard.type(TITLE)
    tab_to(page, "What happened")
    page.keyboard.type(TEXT)
    tab_to(page, "Leave my handle out")
    page.keyboard.press("Space")
    expect(page.get_by_label("Leave my handle out")).to_be_checked()
    no_findings(page)
    tab_to(page, "Send")
    page.keyboard.press("Enter")


def seen_by_a_stranger(browser: Browser, address: str, words: str) -> None:
    """What somebody reads who was never here: a browser may show its own older copy once more, for some minutes."""
    page = browser.new_page()
    page.goto(address)
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("Tess")).to_have_count(int("Tess" in words))
    page.close()


def test_reporting_and_changing_ones_mind(browser: Browser, peopled_site: OwnSite) -> None:
    page = signed_in(browser, peopled_site, "Tess", viewport={"width": 320, "height": 800})
    page.goto(f"{peopled_site.url}/report/")
    expect(page.get_by_text("It stands under your handle, Tess, unless you")).to_be_visible()
    no_findings(page)
    report_without_the_handle(page)
    expect(page.get_by_role("heading", name="Whose it is")).to_be_visible()
    no_findings(page)
    page.get_by_role("link", name="To the warning").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    warning = page.url
    seen_by_a_stranger(browser, warning, "By a member who stays unnamed")
    no_findings(page)
    page.goto(f"{peopled_site.url}/accounts/reports/")
    tab_to(page, TITLE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Where your report stands")).to_be_visible()
    tab_to(page, "Show my handle after all")
    page.keyboard.press("Enter")
    no_findings(page)
    tab_to(page, "Show my handle")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your report stands under your handle.")).to_be_visible()
    seen_by_a_stranger(browser, warning, "By Tess")
    assert fits(page)
    tab_to(page, "Leave my handle out")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Others may have seen it before.")).to_be_visible()
    no_findings(page)
    seen_by_a_stranger(browser, warning, "By a member who stays unnamed")
    page.context.close()


def test_one_tap(browser: Browser, peopled_site: OwnSite) -> None:
    page = signed_in(browser, peopled_site, "Mary", viewport={"width": 320, "height": 800})
    page.goto(f"{peopled_site.url}/warnings/{FOUNDING}/")
    tab_to(page, "Leave my handle out")
    page.keyboard.press("Space")
    no_findings(page)
    assert fits(page)
    tab_to(page, "This happened to me")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It counts. Your handle is left out.")).to_be_visible()
    expect(page.get_by_text("as of what you reported here before")).to_be_visible()
    no_findings(page)
    page.goto(f"{peopled_site.url}/u/Mary/")
    expect(page.get_by_text("0 warnings, 0 reports, 0 comments")).to_be_visible()
    page.context.close()
