"""Searching as people do: typing, choosing with the keyboard, with a finger, without JavaScript."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.accessibility import findings_in_every_view
from tests.browser.conftest import Visit

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


def test_the_next_letter_typed_before_an_answer_came_asks_again(visit: Visit) -> None:
    never_answered: list[Route] = []
    visit.go("/")
    visit.page.route("**/search/suggestions/?q=ding", lambda route: never_answered.append(route))
    with visit.page.expect_request("**/search/suggestions/?q=ding"):
        visit.page.locator("#q").press_sequentially("ding")
    visit.page.keyboard.type("t")
    expect(visit.page.get_by_role("option", name="DingTalk").first).to_be_visible()


def test_a_choice_stays_when_the_answer_to_the_last_letter_comes_after_it(visit: Visit) -> None:
    late: list[Route] = []
    visit.go("/")
    visit.page.route("**/search/suggestions/?q=dingta", lambda route: late.append(route))
    visit.page.locator("#q").press_sequentially("dingt")
    option = visit.page.get_by_role("option", name="DingTalk").first
    expect(option).to_be_visible()
    with visit.page.expect_request("**/search/suggestions/?q=dingta"):
        visit.page.keyboard.type("a")
    visit.page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    late[0].continue_()
    expect(option.locator("mark")).to_have_text("DingTa")
    expect(option).to_have_attribute("aria-selected", "true")


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


def test_the_open_list_has_no_finding_and_marks_what_was_typed(visit: Visit) -> None:
    visit.go("/tools/")
    visit.page.locator(".masthead [role=combobox]").fill("scre")
    expect(visit.page.locator("[role=option]").first).to_be_visible()
    expect(visit.page.locator("mark").first).to_have_text("Scre")
    visit.page.keyboard.press("ArrowDown")
    assert findings_in_every_view(visit.page) == []


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
    page.locator("details.narrow button[name='kind'][value='comment']").click()
    assert "kind=comment" in page.url
    expect(page.locator("main > .wrap > .chips button.chip")).to_be_visible()
    expect(page.locator("mark").first).to_have_text("buyer")
    context.close()
