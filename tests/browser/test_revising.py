"""Editing as people do: with the keyboard, on a phone, without JavaScript, and two at the same time."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import fits, signed_in
from tests.browser.test_reporting import no_findings, tab_to
from tests.services.site import OwnSite
from tests.sitemap_of_tests import FOUNDING

pytestmark = pytest.mark.browser


def test_an_edit_with_the_keyboard_only_and_its_history(browser: Browser, peopled_site: OwnSite) -> None:
    page = signed_in(browser, peopled_site, "Tess")
    page.goto(f"{peopled_site.url}/warnings/{FOUNDING}/edit/")
    no_findings(page)
    tab_to(page, "In short")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Written with the keyboard.")
    tab_to(page, "Preview")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()
    expect(page.get_by_label("In short")).to_have_value(re.compile("Written with the keyboard"))
    no_findings(page)
    tab_to(page, "What you changed, and why")
    page.keyboard.type("Said how it was written")
    tab_to(page, "Save the edit")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thank you. Your edit is version 2.")).to_be_visible()
    page.get_by_role("link", name="version 2, history").click()
    no_findings(page)
    page.get_by_role("button", name="Compare the two that are chosen").click()
    expect(page.locator("ins").first).to_contain_text("Written with the keyboard")
    no_findings(page)
    page.get_by_role("link", name="Version 1", exact=True).click()
    no_findings(page)
    page.get_by_role("button", name="Restore this version").click()
    expect(page.get_by_text("Thank you. Your edit is version 3.")).to_be_visible()
    page.context.close()


def test_two_at_the_same_time_on_a_phone_without_javascript(browser: Browser, peopled_site: OwnSite) -> None:
    phone = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}
    hers, his = (signed_in(browser, peopled_site, handle, **phone) for handle in ("Tess", "Theo"))
    for page in (hers, his):
        page.goto(f"{peopled_site.url}/warnings/{FOUNDING}/edit/")
        page.get_by_label("What you changed, and why").fill("At the same time")
        assert fits(page)
    hers.get_by_role("textbox", name="Title").fill("Her title")
    his.get_by_role("textbox", name="Title").fill("His title")
    his.get_by_label("Tags").fill("his tag")
    hers.get_by_role("button", name="Save the edit").click()
    expect(hers.get_by_role("heading", name="Her title")).to_be_visible()
    his.get_by_role("button", name="Save the edit").click()
    expect(his.get_by_role("heading", name="Somebody changed the same places")).to_be_visible()
    expect(his.get_by_role("textbox", name="Title")).to_have_value("His title")
    expect(his.get_by_label("Tags")).to_have_value("his tag")
    assert fits(his)
    his.get_by_role("button", name="Save the edit").click()
    expect(his.get_by_role("heading", name="His title")).to_be_visible()
    for page in (hers, his):
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_suggestion_about_a_fact_is_decided_on(browser: Browser, peopled_site: OwnSite, scheme: str) -> None:
    phone = {"viewport": {"width": 320, "height": 640}, "color_scheme": scheme}
    his = signed_in(browser, peopled_site, "Heron", **phone)
    his.goto(f"{peopled_site.url}/tools/dingtalk/facts/escalating-alerts/edit/")
    no_findings(his)
    assert fits(his)
    his.get_by_label("What is known").fill(f"As it looks in the {scheme}.")
    his.get_by_label("What you changed, and why").fill("Looked again")
    for number in range(his.get_by_label("What it says on this, in a few words").count() - 1):
        his.get_by_label("What it says on this, in a few words").nth(number).fill("")
    his.get_by_role("button", name="Send the suggestion").click()
    expect(his.get_by_text("its address, title, and what it says in a few words")).to_be_visible()
    no_findings(his)
    his.get_by_label("What it says on this, in a few words").first.fill("A DING is repeated by SMS and call.")
    his.get_by_role("button", name="Send the suggestion").click()
    expect(his.get_by_role("heading", name="What it would change now")).to_be_visible()
    no_findings(his)
    assert fits(his)
    hers = signed_in(browser, peopled_site, "Tess", **phone)
    hers.goto(f"{peopled_site.url}/accounts/edits/")
    no_findings(hers)
    hers.get_by_role("link", name="What a tool can do: dingtalk/escalating-alerts").first.click()
    no_findings(hers)
    tab_to(hers, "Accept")
    hers.keyboard.press("Enter")
    expect(hers.get_by_text("Decided by Tess")).to_be_visible()
    hers.goto(f"{peopled_site.url}/tools/dingtalk/")
    expect(hers.get_by_text(f"As it looks in the {scheme}.").first).to_be_visible()
    hers.goto(f"{peopled_site.url}/tools/dingtalk/facts/escalating-alerts/history/?from=0&to=1")
    no_findings(hers)
    assert fits(hers)
    hers.goto(f"{peopled_site.url}/accounts/connections/")
    no_findings(hers)
    assert fits(hers)
    for page in (his, hers):
        page.context.close()
