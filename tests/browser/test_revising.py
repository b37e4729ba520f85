"""Editing as people do: with the keyboard, on a phone, without JavaScript, and two at the same time."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessibility import no_findings, no_findings_by_night
from tests.browser.people import fits, signed_in, tab_to
from tests.services.site import OwnSite
from tests.sitemap_of_tests import FOUNDING

pytestmark = pytest.mark.browser


def test_an_edit_with_the_keyboard_only_and_its_history(browser: Browser, peopled_site: OwnSite) -> None:
    # It takes seconds: every field is reached by Tab, and axe looks at each step.
    page = signed_in(browser, peopled_site, "Tess")
    page.goto(f"{peopled_site.url}/warnings/{FOUNDING}/edit/")
    no_findings(page)
    tab_to(page, "[name=summary]")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Written with the keyboard.")
    tab_to(page, "[name=act][value=preview]")
    page.keyboard.press("Enter")
    expect(page.locator("#preview")).to_be_visible()
    expect(page.locator("[name=summary]")).to_have_value(re.compile("Written with the keyboard"))
    no_findings(page)
    tab_to(page, "[name=comment]")
    page.keyboard.type("Said how it was written")
    tab_to(page, "[name=act][value=send]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-message=edited]")).to_contain_text("2")
    page.locator("main a[href$='/history/']").first.click()
    no_findings(page)
    page.locator("main form[method=get] .actions button").click()
    expect(page.locator("ins").first).to_contain_text("Written with the keyboard")
    no_findings(page)
    page.locator("#version-1 h2 a[href$='/history/1/']").click()
    no_findings(page)
    page.locator("form[action$='/restore/'] button").click()
    expect(page.locator("[data-message=edited]")).to_contain_text("3")
    page.context.close()


def test_two_at_the_same_time_on_a_phone_without_javascript(browser: Browser, peopled_site: OwnSite) -> None:
    # It takes seconds: two people edit in turn.
    phone = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}
    hers, his = (signed_in(browser, peopled_site, handle, **phone) for handle in ("Tess", "Theo"))
    for page in (hers, his):
        page.goto(f"{peopled_site.url}/warnings/{FOUNDING}/edit/")
        page.locator("[name=comment]").fill("At the same time")
        assert fits(page)
    hers.locator("[name=title]").fill("Her title")
    his.locator("[name=title]").fill("His title")
    his.locator("[name=tags]").fill("his tag")
    hers.locator("[name=act][value=send]").click()
    expect(hers.get_by_role("heading", name="Her title")).to_be_visible()
    his.locator("[name=act][value=send]").click()
    expect(his.locator("#overlaps")).to_be_visible()
    expect(his.locator("[name=title]")).to_have_value("His title")
    expect(his.locator("[name=tags]")).to_have_value("his tag")
    assert fits(his)
    his.locator("[name=act][value=send]").click()
    expect(his.get_by_role("heading", name="His title")).to_be_visible()
    for page in (hers, his):
        page.context.close()


def test_a_suggestion_about_a_fact_is_decided_on(browser: Browser, peopled_site: OwnSite) -> None:
    # It takes seconds: two people, and axe on each page in both colours.
    phone = {"viewport": {"width": 320, "height": 640}}
    his = signed_in(browser, peopled_site, "Heron", **phone)
    his.goto(f"{peopled_site.url}/tools/dingtalk/facts/escalating-alerts/edit/")
    no_findings_by_night(his)
    assert fits(his)
    his.locator("[name=detail]").fill("As it looks on a phone.")
    his.locator("[name=comment]").fill("Looked again")
    for number in range(his.locator("[name$=-passage]").count() - 1):
        his.locator("[name$=-passage]").nth(number).fill("")
    his.locator("main form .actions button").last.click()
    expect(his.locator("main [data-state=errors]")).to_be_visible()
    no_findings_by_night(his)
    his.locator("[name$=-passage]").first.fill("A DING is repeated by SMS and call.")
    his.locator("main form .actions button").last.click()
    expect(his.locator("[data-message=edit-waits]")).to_be_visible()
    no_findings_by_night(his)
    assert fits(his)
    hers = signed_in(browser, peopled_site, "Tess", **phone)
    hers.goto(f"{peopled_site.url}/accounts/edits/")
    no_findings_by_night(hers)
    hers.locator(".card a", has_text="dingtalk/escalating-alerts").first.click()
    no_findings_by_night(hers)
    tab_to(hers, "[name=act][value=accept]")
    hers.keyboard.press("Enter")
    expect(hers.locator("[data-part=decided]")).to_contain_text("Tess")
    hers.goto(f"{peopled_site.url}/tools/dingtalk/")
    expect(hers.get_by_text("As it looks on a phone.").first).to_be_visible()
    hers.goto(f"{peopled_site.url}/tools/dingtalk/facts/escalating-alerts/history/?from=0&to=1")
    no_findings_by_night(hers)
    assert fits(hers)
    hers.goto(f"{peopled_site.url}/accounts/connections/")
    no_findings_by_night(hers)
    assert fits(hers)
    for page in (his, hers):
        page.context.close()
