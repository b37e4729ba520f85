"""Searching as people do: typing, choosing with the keyboard, with a finger, without JavaScript."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.browser.test_axe import findings

pytestmark = pytest.mark.browser


def test_a_suggestion_is_chosen_with_the_keyboard(visit: Visit) -> None:
    visit.go("/tools/")
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("dingt")
    box = visit.page.locator(".masthead [role=combobox]")
    option = visit.page.get_by_role("option", name="DingTalk").first
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    visit.page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("DingTalk")
    assert visit.complaints == []


def test_enter_without_a_choice_searches_and_escape_closes(visit: Visit) -> None:
    visit.go("/")
    visit.page.locator("#q").focus()
    visit.page.keyboard.type("wechat")
    expect(visit.page.locator(".suggestions")).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(".suggestions")).to_be_hidden()
    visit.page.keyboard.press("ArrowDown")
    expect(visit.page.locator(".suggestions")).to_be_visible()
    visit.page.keyboard.press("ArrowUp")
    expect(visit.page.locator("[role=option]").last).to_have_attribute("aria-selected", "true")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text("wechat")


def test_leaving_the_box_closes_the_list(visit: Visit) -> None:
    visit.go("/")
    visit.page.locator("#q").fill("zoom")
    expect(visit.page.locator(".suggestions")).to_be_visible()
    visit.page.keyboard.press("Tab")
    expect(visit.page.locator(".suggestions")).to_be_hidden()


def test_the_open_list_has_no_axe_finding_and_marks_what_was_typed(browser: Browser, site: str) -> None:
    for theme in ("light", "dark"):
        context = browser.new_context(bypass_csp=True, color_scheme=theme, viewport={"width": 320, "height": 800})
        page = context.new_page()
        page.goto(f"{site}/tools/")
        page.locator(".masthead [role=combobox]").fill("scre")
        expect(page.locator("[role=option]").first).to_be_visible()
        expect(page.locator("mark").first).to_have_text("Scre")
        page.keyboard.press("ArrowDown")
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        context.close()


def test_a_finger_chooses_a_suggestion(browser: Browser, site: str) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(site)
    page.locator("#q").fill("钉")
    page.get_by_role("option", name="DingTalk").first.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("DingTalk")
    context.close()


def test_results_are_narrowed_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/search/?q=buyer")
    page.locator("details.narrow summary").click()
    page.locator("details.narrow a[href*='kind=comment']").click()
    assert "kind=comment" in page.url
    expect(page.locator("main > .wrap > .chips a.chip")).to_be_visible()
    expect(page.locator("mark").first).to_have_text("buyer")
    context.close()
