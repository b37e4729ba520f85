"""Reporting as people do: with the keyboard, on a phone, without JavaScript, and on a server that dies meanwhile."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.accessibility import no_findings
from tests.browser.conftest import Visit
from tests.browser.people import tab_to
from tests.common.images import hostile
from tests.services.site import OwnSite

pytestmark = pytest.mark.browser

TEXT = "The buyer John Miller made me install it and read every word that I wrote there, by day and by night."


@pytest.fixture
def screenshot(tmp_path: Path) -> Path:
    """A picture to send along."""
    path = tmp_path / "chat.png"
    path.write_bytes(hostile.saved(hostile.picture(size=(400, 300)), "PNG"))
    return path


def test_a_whole_report_with_the_keyboard_only(browser: Browser, site: str) -> None:
    # It takes seconds: every field is reached by Tab, and axe looks at each step.
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/report/")
    no_findings(page)
    tab_to(page, "[name=tools]")
    page.keyboard.type("DingTalk")
    expect(page.locator("[data-offers-here] .card")).to_be_visible()
    no_findings(page)
    tab_to(page, "[name=title]")
    page.keyboard.type("Had to install a messenger before the order")
    tab_to(page, "[name=body]")
    page.keyboard.type(TEXT)
    tab_to(page, "[name=act][value=send]")
    page.keyboard.press("Enter")
    expect(page.locator("#personal")).to_be_visible()
    no_findings(page)
    tab_to(page, "[name=act][value=mask]")
    page.keyboard.press("Enter")
    expect(page.locator("[name=body]")).to_have_value(re.compile(r"The buyer \[buyer\] made me"))
    tab_to(page, "[name=act][value=send]")
    page.keyboard.press("Enter")
    expect(page.locator("#alike")).to_be_visible()
    no_findings(page)
    tab_to(page, "[name=looked]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-sent]")).to_be_visible()
    no_findings(page)
    code = page.locator(".code").inner_text()
    page.goto(f"{site}/track/")
    no_findings(page)
    page.locator("[name=code]").fill(code.upper())
    page.keyboard.press("Enter")
    expect(page.locator("ol.progress")).to_be_visible()
    no_findings(page)
    kept = page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('draft:'))")
    assert kept == []
    context.close()


def test_a_report_on_a_phone_without_javascript(browser: Browser, site: str, screenshot: Path) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/report/")
    page.locator("[name=tools]").fill("Zorblax")
    page.locator("[name=body]").fill(TEXT.replace("John Miller ", ""))
    page.locator("[name=pictures]").set_input_files(screenshot)
    page.locator("[name=act][value=send]").click()
    expect(page.locator("[name=title]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-picture] img")).to_be_visible()
    page.locator("[name=title]").fill("Had to install a messenger")
    page.locator("[name=act][value=preview]").click()
    expect(page.locator("#preview")).to_be_visible()
    page.locator("[name=act][value=send]").click()
    expect(page.locator(".code")).to_be_visible()
    assert page.locator("html").evaluate("(page) => page.scrollWidth <= page.clientWidth")
    context.close()


@pytest.mark.parametrize("account", ["", "Heron"])
def test_what_was_typed_survives_a_server_that_dies(browser: Browser, own_site: OwnSite, account: str) -> None:
    # It takes seconds: the site starts a second time.
    context = browser.new_context()
    page = context.new_page()
    if account:
        page.goto(f"{own_site.url}/accounts/signup/")
        page.locator("[name=username]").fill(account)
        page.locator("[name=password1]").fill("correct horse battery")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(account)
    page.goto(f"{own_site.url}/report/")
    page.locator("[name=tools]").fill("Zorblax")
    page.locator("[name=title]").fill("Had to install a messenger")
    page.locator("[name=body]").fill("This was saved while the site was there, and must not be lost.")
    expect(page.locator("[data-draft-state]")).to_have_attribute("data-state", "saved")
    own_site.kill()
    page.locator("[name=body]").fill("This was typed when the site was gone, and must not be lost either.")
    expect(page.locator("[data-draft-state]")).to_have_attribute("data-state", "unreachable")
    page.close()
    own_site.start()
    again = context.new_page()
    again.goto(f"{own_site.url}/report/")
    expect(again.locator("[name=body]")).to_have_value(re.compile("typed when the site was gone"))
    expect(again.locator("[name=title]")).to_have_value("Had to install a messenger")
    if account:
        again.locator("[name=unnamed][value=no]").check()
    again.locator("[name=act][value=send]").click()
    expect(again.locator("[data-sent]")).to_be_visible()
    expect(again.locator(".code")).to_have_count(0 if account else 1)
    context.close()


def test_what_only_the_browser_kept_is_there_again(browser: Browser, own_site: OwnSite) -> None:
    # It takes seconds: the site starts a second time.
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{own_site.url}/report/")
    own_site.kill()
    page.locator("[name=title]").fill("Typed while nothing answered")
    expect(page.locator("[data-draft-state]")).to_have_attribute("data-state", "unreachable")
    page.close()
    own_site.start()
    again = context.new_page()
    again.goto(f"{own_site.url}/report/")
    expect(again.locator("[name=title]")).to_have_value("Typed while nothing answered")
    expect(again.locator("[data-draft-state]")).to_have_attribute("data-state", "restored")
    context.close()


def test_the_warning_that_was_chosen_stays_in_sight_and_can_be_given_up(visit: Visit) -> None:
    state, callout = visit.page.locator("[data-draft-state]"), visit.page.locator("[data-joined]")
    visit.go("/report/")
    expect(callout).to_be_hidden()
    visit.page.locator("[name=body]").fill("They read it all.")
    visit.page.locator("[name=tools]").fill("DingTalk")
    visit.page.locator("[data-offers-here] [data-joins]").click()
    expect(callout).to_be_visible()
    expect(callout.locator("[value=leave]")).to_be_focused()
    expect(state).to_have_attribute("data-state", "saved")
    expect(callout).to_be_visible()
    title = callout.get_by_role("link").inner_text()
    visit.page.reload()
    expect(callout.get_by_role("link")).to_have_attribute("href", re.compile("^/warnings/"))
    visit.context.clear_cookies()
    visit.page.reload()
    expect(callout.get_by_role("link")).to_have_text(title)
    callout.locator("[value=leave]").click()
    expect(callout).to_be_hidden()
    expect(visit.page.locator("[data-offers-here] [data-joins]")).to_be_visible()
    expect(state).to_have_attribute("data-state", "saved")
    visit.page.reload()
    expect(callout).to_be_hidden()
    assert visit.complaints == []


def test_a_text_is_gone_from_the_browser_once_its_draft_is_deleted(visit: Visit) -> None:
    visit.go("/report/")
    visit.page.locator("[name=title]").fill("Not to be kept")
    expect(visit.page.locator("[data-draft-state]")).to_have_attribute("data-state", "saved")
    visit.go("/report/drafts/")
    visit.page.locator("form[action$='/delete/'] button").click()
    expect(visit.page.locator("[data-sent]")).to_be_visible()
    visit.go("/report/")
    expect(visit.page.locator("[name=title]")).to_have_value("")
    assert visit.page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []


@pytest.mark.parametrize("pauses", [0, 2])
def test_a_report_whose_draft_got_another_id_is_sent_once(visit: Visit, pauses: int) -> None:
    # It takes seconds: a whole report with the proof of work.
    state = visit.page.locator("[data-draft-state]")
    visit.go("/report/")
    visit.page.locator("[name=body]").fill(TEXT.replace("John Miller ", ""))
    visit.page.locator("[name=title]").fill("Typed before the cookie was lost")
    expect(state).to_have_attribute("data-state", "saved")
    visit.context.clear_cookies()
    visit.go("/report/")
    expect(visit.page.locator("[name=title]")).to_have_value("Typed before the cookie was lost")
    for pause in range(pauses):
        with visit.page.expect_response(lambda answer: answer.url.endswith("/report/draft/")):
            visit.page.locator("[name=tools]").fill(f"Zorblax {pause}")
        expect(state).to_have_attribute("data-state", "saved")
    visit.page.locator("[name=act][value=send]").click()
    expect(visit.page.locator(".code")).to_be_visible()
    assert visit.page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []
    visit.go("/report/drafts/")
    expect(visit.page.locator("main .empty")).to_be_visible()
    visit.go("/report/")
    expect(visit.page.locator("[name=title]")).to_have_value("")


def test_a_part_of_a_picture_is_blurred_with_the_keyboard(visit: Visit, screenshot: Path) -> None:
    visit.go("/report/")
    visit.page.locator("[name=title]").fill("With a picture")
    visit.page.locator("[name=pictures]").set_input_files(screenshot)
    opener = visit.page.locator("[data-picture] [data-action=blur]")
    expect(opener).to_be_visible()
    before = visit.page.locator("[data-picture] img").get_attribute("src")
    opener.focus()
    visit.page.keyboard.press("Enter")
    canvas = visit.page.get_by_role("application")
    expect(canvas).to_be_focused()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight", "Enter"):
        visit.page.keyboard.press(key)
    expect(visit.page.locator("[data-picture] [role=status][data-state=blurred]")).to_be_visible()
    visit.page.locator("[data-picture] [data-action=keep]").click()
    expect(opener).to_be_visible()
    assert visit.page.locator("[data-picture] img").get_attribute("src") == before
    expect(visit.page.locator("[name=title]")).to_have_value("With a picture")
    assert visit.complaints == []
    assert visit.foreign == []


def test_a_second_tab_is_noticed(visit: Visit) -> None:
    # It takes seconds: two tabs keep the same draft.
    visit.go("/report/")
    visit.page.locator("[name=title]").fill("From the first tab")
    expect(visit.page.locator("[data-draft-state]")).to_have_attribute("data-state", "saved")
    other = visit.context.new_page()
    other.goto(f"{visit.site}/report/")
    expect(other.locator("[name=title]")).to_have_value("From the first tab")
    other.locator("[name=title]").fill("From the second tab")
    expect(other.locator("[data-draft-state]")).to_have_attribute("data-state", "saved")
    visit.page.locator("[name=body]").fill("More from the first tab")
    expect(visit.page.locator("[data-draft-state]")).to_have_attribute("data-state", "conflict")
    visit.page.locator("[name=act][value=save]").click()
    expect(visit.page.locator(".message[data-state=conflict]")).to_be_visible()
    assert "From the second tab" in visit.page.content()
    expect(visit.page.locator("[name=body]")).to_have_value("More from the first tab")
