"""Votes, comments, watching and notices as people use them: keyboard, phone, without JavaScript, and signing in midway."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import no_findings
from tests.browser.people import fits, sign_in, signed_in, tab_to
from tests.services.site import OwnSite
from tests.sitemap_of_tests import FOUNDING

pytestmark = pytest.mark.browser

WARNING = f"/warnings/{FOUNDING}/"


def helps(page: Page) -> tuple[str | None, str | None]:
    """Whether the warning's button is pressed, and the number on it."""
    button = page.locator("#vote button").first
    return button.get_attribute("aria-pressed"), button.locator("[data-votes]").text_content()


def test_voting_with_the_keyboard_changes_the_page_at_once(browser: Browser, peopled_site: OwnSite) -> None:
    # It takes seconds: a person signs in, and axe looks at the page twice.
    page = signed_in(browser, peopled_site, "Mary")
    page.goto(peopled_site.url + WARNING)
    no_findings(page)
    before = int(helps(page)[1] or 0)
    page.locator("#vote button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#vote [aria-pressed]").first).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#vote [data-votes]").first).to_have_text(str(before + 1))
    expect(page.locator("#vote button").first).to_be_focused()
    no_findings(page)
    page.reload()
    assert helps(page) == ("true", str(before + 1))
    page.keyboard.press("Tab")
    page.locator("#vote button").first.press("Enter")
    expect(page.locator("#vote [data-votes]").first).to_have_text(str(before))
    page.context.close()


def test_a_vote_that_cannot_be_stored_is_taken_back_on_the_page(browser: Browser, peopled_site: OwnSite) -> None:
    page = signed_in(browser, peopled_site, "Mary")
    page.goto(peopled_site.url + WARNING)
    before = helps(page)
    page.route("**/vote/", lambda route: route.fulfill(status=429, json={"problem": "Told by this test."}))
    page.locator("#vote button").first.click()
    expect(page.get_by_text("Told by this test.")).to_be_visible()
    assert helps(page) == before
    page.context.close()


def test_who_signs_in_to_vote_is_back_with_the_vote_given(browser: Browser, peopled_site: OwnSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(peopled_site.url + WARNING)
    page.locator("#vote .vote button").click()
    sign_in(page, "Max")
    expect(page).to_have_url(re.compile(f"{WARNING}#vote"))
    assert helps(page)[0] == "true"
    # Without JavaScript the same button takes it back with a new page.
    page.locator("#vote button").first.click()
    expect(page).to_have_url(re.compile(f"{WARNING}#vote"))
    assert helps(page)[0] == "false"
    context.close()


def test_a_discussion_on_a_phone_without_javascript(browser: Browser, peopled_site: OwnSite) -> None:
    # It takes seconds: two people answer each other.
    phone = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}
    hers, his = signed_in(browser, peopled_site, "Mary", **phone), signed_in(browser, peopled_site, "Max", **phone)
    hers.goto(peopled_site.url + WARNING)
    assert fits(hers)
    hers.locator("form.form [name=body]").fill("It happened in the night.")
    hers.locator("[name=act][value=preview]").click()
    expect(hers.locator("#preview")).to_be_visible()
    assert fits(hers)
    hers.locator("[name=act][value=send]").click()
    mine = hers.locator(".comment", has_text="It happened in the night.").last
    expect(mine).to_be_visible()
    his.goto(peopled_site.url + WARNING)
    theirs = his.locator(".comment", has_text="It happened in the night.").last
    theirs.locator("a[href$='quote=1']").first.click()
    expect(his.locator("form.form [name=body]")).to_have_value(re.compile("> It happened in the"))
    his.locator("form.form [name=body]").fill("To me as well, @Tess.")
    his.locator("[name=stance]").select_option("agrees")
    his.locator("[name=act][value=send]").click()
    expect(his.locator(".answers .comment", has_text="To me as well").last).to_be_visible()
    hers.goto(f"{peopled_site.url}/accounts/notices/")
    assert fits(hers)
    hers.locator(".card a[href^='/accounts/notices/']").first.click()
    expect(hers.locator(".comment", has_text="To me as well").last).to_be_visible()
    hers.locator(".comment", has_text="It happened in the night.").last.locator("a[href$='/edit/']").first.click()
    hers.locator("form.form [name=body]").fill("It happened in the night, at three.")
    hers.locator("[name=act][value=send]").click()
    expect(hers.locator(".comment", has_text="at three").last.locator("[data-state=edited]").first).to_be_visible()
    for page in (hers, his):
        page.context.close()


def test_commenting_watching_and_choosing_with_the_keyboard_only(browser: Browser, peopled_site: OwnSite) -> None:
    # It takes seconds: every field is reached by Tab, and axe looks at each page.
    page = signed_in(browser, peopled_site, "Tess")
    page.goto(peopled_site.url + WARNING)
    tab_to(page, ".watch button")
    page.keyboard.press("Enter")
    expect(page.locator(".watch button")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{peopled_site.url}{WARNING}comments/")
    no_findings(page)
    tab_to(page, "form.form [name=body]")
    page.keyboard.type("Written with the keyboard.")
    tab_to(page, "[name=act][value=send]")
    page.keyboard.press("Enter")
    expect(page.locator(".comment", has_text="Written with the keyboard.")).to_be_visible()
    no_findings(page)
    for address in ("/accounts/notices/", "/accounts/notices/choose/", "/accounts/watches/"):
        page.goto(peopled_site.url + address)
        no_findings(page)
    page.goto(f"{peopled_site.url}/accounts/notices/choose/")
    tab_to(page, "[name=digest]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main .actions button")
    page.keyboard.press("Enter")
    expect(page.locator("[data-message=saved]")).to_be_visible()
    expect(page.locator("[name=digest][value=daily]")).to_be_checked()
    page.context.close()
