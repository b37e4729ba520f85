"""Reporting as people do: with the keyboard, on a phone, without JavaScript, and on a server that dies meanwhile."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_axe import findings
from tests.common.pictures import hostile
from tests.services.site import OwnSite

pytestmark = pytest.mark.browser

TEXT = "The buyer John Miller made me install it and read every word that I wrote there, by day and by night."


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[OwnSite]:
    """A site that a test may kill."""
    site = OwnSite(tmp_path)
    site.start()
    yield site
    site.kill()


@pytest.fixture
def screenshot(tmp_path: Path) -> Path:
    """A picture to send along."""
    path = tmp_path / "chat.png"
    path.write_bytes(hostile.saved(hostile.picture(size=(400, 300)), "PNG"))
    return path


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field with this label has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "() => { const at = document.activeElement;"
            " return (at.labels?.[0]?.textContent || at.textContent || '').trim(); }"
        )
        if found == name:
            return
    raise AssertionError(f"Tab never came to {name!r}")


def no_findings(page: Page) -> None:
    assert findings(page) == []


def test_a_whole_report_with_the_keyboard_only(browser: Browser, site: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{site}/report/")
    no_findings(page)
    tab_to(page, "Which app or tool")
    page.keyboard.type("DingTalk")
    expect(page.locator("[data-offers-here] .card")).to_be_visible()
    no_findings(page)
    tab_to(page, "In one line")
    page.keyboard.type("Had to install a messenger before the order")
    tab_to(page, "What happened")
    page.keyboard.type(TEXT)
    tab_to(page, "Send")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This may tell who somebody is")).to_be_visible()
    no_findings(page)
    tab_to(page, "Replace all of it")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What happened")).to_have_value(re.compile(r"The buyer \[buyer\] made me"))
    tab_to(page, "Send")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Is it one of these?")).to_be_visible()
    no_findings(page)
    tab_to(page, "None of these: send mine as new")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you. Your report is in.")).to_be_visible()
    no_findings(page)
    code = page.locator(".code").inner_text()
    page.goto(f"{site}/track/")
    no_findings(page)
    page.get_by_label("Your code of six words").fill(code.upper())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Where your report stands")).to_be_visible()
    no_findings(page)
    kept = page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('draft:'))")
    assert kept == []
    context.close()


def test_a_report_on_a_phone_without_javascript(browser: Browser, site: str, screenshot: Path) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/report/")
    page.get_by_label("Which app or tool").fill("Zorblax")
    page.get_by_label("What happened").fill(TEXT.replace("John Miller ", ""))
    page.get_by_label("Screenshots").set_input_files(screenshot)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    expect(page.locator("[data-picture] img")).to_be_visible()
    page.get_by_label("In one line").fill("Had to install a messenger")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="Keep this code")).to_be_visible()
    assert page.locator("html").evaluate("(page) => page.scrollWidth <= page.clientWidth")
    context.close()


@pytest.mark.parametrize("account", ["", "Heron"])
def test_what_was_typed_survives_a_server_that_dies(browser: Browser, own_site: OwnSite, account: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    if account:
        page.goto(f"{own_site.url}/accounts/signup/")
        page.get_by_label("Handle").fill(account)
        page.get_by_label("Password").fill("correct horse battery")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(account)
    page.goto(f"{own_site.url}/report/")
    page.get_by_label("Which app or tool").fill("Zorblax")
    page.get_by_label("In one line").fill("Had to install a messenger")
    page.get_by_label("What happened").fill("This was saved while the site was there, and must not be lost.")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved at")
    own_site.kill()
    page.get_by_label("What happened").fill("This was typed when the site was gone, and must not be lost either.")
    expect(page.locator("[data-draft-state]")).to_contain_text("This browser keeps your text")
    page.close()
    own_site.start()
    again = context.new_page()
    again.goto(f"{own_site.url}/report/")
    expect(again.get_by_label("What happened")).to_have_value(re.compile("typed when the site was gone"))
    expect(again.get_by_label("In one line")).to_have_value("Had to install a messenger")
    again.get_by_role("button", name="Send", exact=True).click()
    expect(again.get_by_role("heading", name="Thank you. Your report is in.")).to_be_visible()
    expect(again.get_by_role("heading", name="Keep this code")).to_have_count(0 if account else 1)
    context.close()


def test_what_only_the_browser_kept_is_there_again(browser: Browser, own_site: OwnSite) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{own_site.url}/report/")
    own_site.kill()
    page.get_by_label("In one line").fill("Typed while nothing answered")
    expect(page.locator("[data-draft-state]")).to_contain_text("cannot be reached")
    page.close()
    own_site.start()
    again = context.new_page()
    again.goto(f"{own_site.url}/report/")
    expect(again.get_by_label("In one line")).to_have_value("Typed while nothing answered")
    expect(again.locator("[data-draft-state]")).to_contain_text("this browser kept it")
    context.close()


def test_the_warning_that_was_chosen_stays_in_sight_and_can_be_given_up(visit: Visit) -> None:
    state, callout = visit.page.locator("[data-draft-state]"), visit.page.locator("[data-joined]")
    visit.go("/report/")
    expect(callout).to_be_hidden()
    visit.page.get_by_label("What happened").fill("They read it all.")
    visit.page.get_by_label("Which app or tool").fill("DingTalk")
    visit.page.get_by_role("button", name="It is this one: add mine to it").click()
    expect(callout).to_contain_text("Your report will stand on")
    expect(callout.get_by_role("button", name="Not this one")).to_be_focused()
    expect(state).to_contain_text("Draft saved at")
    expect(callout).to_be_visible()
    title = callout.get_by_role("link").inner_text()
    visit.page.reload()
    expect(callout.get_by_role("link")).to_have_attribute("href", re.compile("^/warnings/"))
    visit.context.clear_cookies()
    visit.page.reload()
    expect(callout.get_by_role("link")).to_have_text(title)
    callout.get_by_role("button", name="Not this one").click()
    expect(callout).to_be_hidden()
    expect(visit.page.get_by_role("button", name="It is this one: add mine to it")).to_be_visible()
    expect(state).to_contain_text("Draft saved at")
    visit.page.reload()
    expect(callout).to_be_hidden()
    assert visit.complaints == []


def test_a_text_is_gone_from_the_browser_once_its_draft_is_deleted(visit: Visit) -> None:
    visit.go("/report/")
    visit.page.get_by_label("In one line").fill("Not to be kept")
    expect(visit.page.locator("[data-draft-state]")).to_contain_text("Draft saved at")
    visit.go("/report/drafts/")
    visit.page.get_by_role("button", name="Delete this draft").click()
    expect(visit.page.get_by_text("The draft is deleted")).to_be_visible()
    visit.go("/report/")
    expect(visit.page.get_by_label("In one line")).to_have_value("")
    assert visit.page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []


@pytest.mark.parametrize("pauses", [0, 2])
def test_a_report_whose_draft_got_another_id_is_sent_once(visit: Visit, pauses: int) -> None:
    state = visit.page.locator("[data-draft-state]")
    visit.go("/report/")
    visit.page.get_by_label("What happened").fill(TEXT.replace("John Miller ", ""))
    visit.page.get_by_label("In one line").fill("Typed before the cookie was lost")
    expect(state).to_contain_text("Draft saved at")
    visit.context.clear_cookies()
    visit.go("/report/")
    expect(visit.page.get_by_label("In one line")).to_have_value("Typed before the cookie was lost")
    for pause in range(pauses):
        with visit.page.expect_response(lambda answer: answer.url.endswith("/report/draft/")):
            visit.page.get_by_label("Which app or tool").fill(f"Zorblax {pause}")
        expect(state).to_contain_text("Draft saved at")
    visit.page.get_by_role("button", name="Send", exact=True).click()
    expect(visit.page.get_by_role("heading", name="Keep this code")).to_be_visible()
    assert visit.page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []
    visit.go("/report/drafts/")
    expect(visit.page.get_by_text("You have no drafts")).to_be_visible()
    visit.go("/report/")
    expect(visit.page.get_by_label("In one line")).to_have_value("")


def test_a_part_of_a_picture_is_blurred_with_the_keyboard(visit: Visit, screenshot: Path) -> None:
    visit.go("/report/")
    visit.page.get_by_label("In one line").fill("With a picture")
    visit.page.get_by_label("Screenshots").set_input_files(screenshot)
    opener = visit.page.get_by_role("button", name="Blur a part")
    expect(opener).to_be_visible()
    before = visit.page.locator("[data-picture] img").get_attribute("src")
    opener.focus()
    visit.page.keyboard.press("Enter")
    canvas = visit.page.get_by_role("application")
    expect(canvas).to_be_focused()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight", "Enter"):
        visit.page.keyboard.press(key)
    expect(visit.page.get_by_text("Blurred. Move on")).to_be_visible()
    visit.page.get_by_role("button", name="Keep it blurred").click()
    expect(visit.page.get_by_role("button", name="Blur a part")).to_be_visible()
    assert visit.page.locator("[data-picture] img").get_attribute("src") == before
    expect(visit.page.get_by_label("In one line")).to_have_value("With a picture")
    assert visit.complaints == []
    assert visit.foreign == []


def test_a_second_tab_is_noticed(visit: Visit) -> None:
    visit.go("/report/")
    visit.page.get_by_label("In one line").fill("From the first tab")
    expect(visit.page.locator("[data-draft-state]")).to_contain_text("Draft saved at")
    other = visit.context.new_page()
    other.goto(f"{visit.site}/report/")
    expect(other.get_by_label("In one line")).to_have_value("From the first tab")
    other.get_by_label("In one line").fill("From the second tab")
    expect(other.locator("[data-draft-state]")).to_contain_text("Draft saved at")
    visit.page.get_by_label("What happened").fill("More from the first tab")
    expect(visit.page.locator("[data-draft-state]")).to_contain_text("in another tab")
    visit.page.get_by_role("button", name="Save as draft").click()
    expect(visit.page.get_by_text("You changed this report in another tab.")).to_be_visible()
    assert "From the second tab" in visit.page.content()
    expect(visit.page.get_by_label("What happened")).to_have_value("More from the first tab")
