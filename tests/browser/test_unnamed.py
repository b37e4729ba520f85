"""Leaving one's handle out, with the keyboard only: when reporting, with one tap, and changing one's mind later."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.display_names import UNNAMED
from tests.browser.accessibility import no_findings
from tests.browser.people import fits, signed_in, tab_to
from tests.services.site import OwnSite
from tests.sitemap_of_tests import FOUNDING

pytestmark = pytest.mark.browser

TEXT = "The buyer made me install it and read every word that I wrote there, by day and by night, for two weeks."
TITLE = "Made to install a messenger before the order"


def leave_out(page: Page) -> None:
    """Choose the second of the two answers to whose report it is; none is chosen before."""
    tab_to(page, "[name=unnamed]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=unnamed][value=yes]")).to_be_checked()


def report_without_the_handle(page: Page) -> None:
    leave_out(page)
    no_findings(page)
    tab_to(page, "[name=title]")
    page.keyboard.type(TITLE)
    tab_to(page, "[name=body]")
    page.keyboard.type(TEXT)
    tab_to(page, "[name=act][value=send]")
    page.keyboard.press("Enter")


def seen_by_a_stranger(browser: Browser, address: str, words: str) -> None:
    """What somebody reads who was never here: a browser may show its own older copy once more, for some minutes."""
    page = browser.new_page()
    page.goto(address)
    expect(page.locator("[data-part=byline]")).to_contain_text(words)
    expect(page.get_by_text("Tess")).to_have_count(int("Tess" in words))
    page.close()


def test_reporting_and_changing_ones_mind(browser: Browser, peopled_site: OwnSite) -> None:
    # It takes seconds: a whole report, and axe on each of its steps.
    page = signed_in(browser, peopled_site, "Tess", viewport={"width": 320, "height": 800})
    page.goto(f"{peopled_site.url}/report/")
    expect(page.locator("[data-state='at-once named']")).to_contain_text("Tess")
    no_findings(page)
    report_without_the_handle(page)
    expect(page.locator("[data-state=unnamed]")).to_be_visible()
    no_findings(page)
    page.locator("main a.button[href^='/warnings/']").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    warning = page.url
    seen_by_a_stranger(browser, warning, UNNAMED)
    no_findings(page)
    page.goto(f"{peopled_site.url}/accounts/reports/")
    tab_to(page, "main .card a")
    page.keyboard.press("Enter")
    expect(page.locator("ol.progress")).to_be_visible()
    tab_to(page, "[aria-labelledby=whose] summary")
    page.keyboard.press("Enter")
    no_findings(page)
    tab_to(page, "[name=act][value=name]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-message=handle-shown]")).to_be_visible()
    seen_by_a_stranger(browser, warning, "Tess")
    assert fits(page)
    tab_to(page, "[name=act][value=unname]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-message=handle-left-out]")).to_be_visible()
    no_findings(page)
    seen_by_a_stranger(browser, warning, UNNAMED)
    page.context.close()


def test_one_tap(browser: Browser, peopled_site: OwnSite) -> None:
    # It takes seconds: a person signs in, and axe looks at each step.
    page = signed_in(browser, peopled_site, "Mary", viewport={"width": 320, "height": 800})
    page.goto(f"{peopled_site.url}/warnings/{FOUNDING}/")
    leave_out(page)
    no_findings(page)
    assert fits(page)
    tab_to(page, "form.happened button")
    page.keyboard.press("Enter")
    expect(page.locator("[data-message=counts-unnamed]")).to_be_visible()
    expect(page.locator("[data-state='at-once unnamed']")).to_be_visible()
    no_findings(page)
    page.goto(f"{peopled_site.url}/u/Mary/")
    expect(page.locator("[data-part=counts]")).to_have_text(re.compile(r"^0 \D+ 0 \D+ 0 \D+$"))
    page.context.close()
