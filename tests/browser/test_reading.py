"""Reading the site as people do: with a keyboard, on a phone, without JavaScript."""

import re
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, Route, expect

from directory.verdict import GRADE_WORDS
from tests.browser.conftest import Visit
from tests.browser.people import scrolls_in_one_row
from tests.sitemap_of_tests import FOUNDING

pytestmark = pytest.mark.browser


def test_a_newcomer_finds_dingtalk_with_the_keyboard_alone(visit: Visit) -> None:
    visit.go("/tools/")
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("dingding")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text("dingding")
    link = visit.page.get_by_role("link", name="DingTalk", exact=True)
    while not link.evaluate("element => element === document.activeElement"):
        visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("DingTalk")
    expect(visit.page.locator(".verdict .words")).to_contain_text(GRADE_WORDS["E"])
    expect(visit.page.locator("h2#answer")).to_be_visible()


def test_the_first_tab_stop_leads_to_the_content(visit: Visit) -> None:
    visit.go("/tools/dingtalk/")
    visit.page.keyboard.press("Tab")
    expect(visit.page.locator("a.skip")).to_be_focused()
    expect(visit.page.locator("a.skip")).to_have_attribute("href", "#main")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("main")).to_be_focused()


def test_single_keys_are_switched_off_and_stay_off(visit: Visit) -> None:
    visit.go("/about/")
    visit.page.locator("[data-theme-choice]").get_by_role("checkbox").uncheck()
    visit.go("/tools/")
    box = visit.page.locator('input[type="search"]').first
    visit.page.get_by_role("heading", level=1).press("/")
    expect(box).not_to_be_focused()
    visit.page.locator("[data-theme-choice]").get_by_role("checkbox").check()
    visit.page.get_by_role("heading", level=1).press("/")
    expect(box).to_be_focused()
    assert visit.complaints == []


def test_the_slash_stays_a_slash_while_typing(visit: Visit) -> None:
    visit.go("/")
    box = visit.page.locator("#q")
    box.focus()
    visit.page.keyboard.type("t.me/abc")
    expect(box).to_have_value("t.me/abc")


def test_a_footnote_leads_to_its_source_and_back(visit: Visit) -> None:
    visit.go("/tools/dingtalk/")
    mark = visit.page.locator("a[href='#note-1']").first
    expect(mark).to_have_accessible_name(re.compile(r"\b1\b"))
    mark.click()
    assert visit.page.url.endswith("#note-1")
    back = visit.page.locator("#note-1 a[href='#mark-1-1']")
    expect(back).to_have_accessible_name(re.compile(r"\b1\b.*\b1\b"))
    back.click()
    assert visit.page.url.endswith("#mark-1-1")


def test_filters_narrow_the_list_and_stay_in_the_address(visit: Visit) -> None:
    visit.go("/tools/")
    visit.page.locator(".filters [name=kind]").select_option("remote-access")
    visit.page.locator(".filters button").click()
    assert "kind=remote-access" in visit.page.url
    expect(visit.page.locator("[data-part=total]")).to_contain_text("7 ")
    expect(visit.page.locator(".filters [name=kind]")).to_have_value("remote-access")


def test_everything_works_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(site)
    page.locator("#q").fill("钉钉")
    page.locator("main .search button").click()
    page.get_by_role("link", name="DingTalk", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("DingTalk")
    page.locator("summary").filter(has_text="Fiverr").click()
    expect(page.get_by_text("Talk inside Fiverr.")).to_be_visible()
    page.goto(f"{site}/warnings/{FOUNDING}/")
    expect(page.locator("[data-state=voice]").first).to_be_visible()
    context.close()


def test_the_page_prints_without_its_navigation(visit: Visit) -> None:
    visit.go("/tools/dingtalk/")
    visit.page.emulate_media(media="print")
    expect(visit.page.locator(".masthead nav")).to_be_hidden()
    expect(visit.page.locator("h2#answer")).to_be_visible()


def test_the_matrix_keeps_its_heads_in_sight_and_scrolls_by_keyboard(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 740})
    visit.go("/tools/matrix/")
    region = visit.page.get_by_role("region", name=re.compile(r"^76 \D+ 39 \D+$"))
    region.focus()
    visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("End")
    expect(visit.page.get_by_role("rowheader").last).to_be_in_viewport()
    column = visit.page.locator(".matrix thead tr:last-child th:first-child")
    assert (
        column.evaluate("e => e.getBoundingClientRect().left - e.closest('.matrix').getBoundingClientRect().left")
        <= 1
    )


def test_tools_are_compared_by_keyboard(visit: Visit) -> None:
    visit.go("/tools/dingtalk/")
    visit.page.locator("main a[href='/tools/compare/?tool=dingtalk']").focus()
    visit.page.keyboard.press("Enter")
    visit.page.locator("#tool-2").focus()
    visit.page.keyboard.type("微信")
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("columnheader", name="WeChat")).to_be_visible()
    expect(visit.page.get_by_role("rowheader", name="Read receipts the reader cannot refuse")).to_be_visible()


def test_a_reply_is_copied_with_one_press(visit: Visit) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.go("/tools/dingtalk/")
    visit.page.locator("[data-copy] + p button").first.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("main [role=status][data-state=copied]")).to_be_visible()
    text = visit.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Thanks for your interest in my work.")
    assert visit.complaints == []


def test_a_reply_that_cannot_be_copied_is_selected(visit: Visit) -> None:
    visit.page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    visit.go("/tactics/scope-creep/")
    visit.page.locator("[data-copy] + p button").first.click()
    expect(visit.page.locator("main [role=status][data-state=selected]")).to_be_visible()
    assert visit.page.evaluate("getSelection().toString()").startswith("I am glad to help")


def test_a_warning_is_passed_on_with_one_press(visit: Visit) -> None:
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.page.add_init_script(
        "delete Navigator.prototype.share; window.print = () => { document.title = 'printed'; }"
    )
    visit.go(f"/warnings/{FOUNDING}/")
    visit.page.locator("[data-share] [data-action=copy]").click()
    expect(visit.page.locator("main [role=status][data-state=copied]")).to_be_visible()
    assert visit.page.evaluate("navigator.clipboard.readText()") == f"{visit.site}/warnings/{FOUNDING}/"
    visit.page.locator("[data-share] [data-action=print]").click()
    expect(visit.page).to_have_title("printed")


def keep(visit: Visit, address: str) -> None:
    """Read a page that the service worker keeps."""
    visit.go("/")
    visit.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    visit.page.wait_for_function("navigator.serviceWorker.controller !== null")
    visit.go(address)
    visit.page.wait_for_function(f"caches.match('{address}').then((found) => Boolean(found))")


def test_pages_that_were_read_can_be_read_without_a_network_and_say_so(visit: Visit) -> None:
    keep(visit, "/tools/dingtalk/")
    note = visit.page.locator("main [data-offline] time")
    expect(note).to_have_count(0)
    visit.context.set_offline(True)
    visit.page.reload()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("DingTalk")
    expect(note).to_have_text(re.compile(r"^\d+ \w+ 20\d\d"))
    visit.go("/tools/zoom/")
    expect(visit.page.locator("[data-offline-page]")).to_be_visible()
    visit.context.set_offline(False)
    visit.go("/tools/zoom/")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Zoom")
    expect(note).to_have_count(0)


@pytest.mark.parametrize("status", [0, 502, 503])
def test_a_copy_says_so_while_the_network_is_there_and_the_site_is_not(visit: Visit, status: int) -> None:
    keep(visit, "/tools/dingtalk/")

    def answer(route: Route) -> None:
        if status:
            route.fulfill(status=status, body="Bad gateway")
        else:
            route.abort()

    visit.context.route("**/tools/**", answer)
    visit.page.reload()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("DingTalk")
    expect(visit.page.locator("main [data-offline]")).to_be_visible()


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 404, "body": "Gone"},
        {"status": 410, "body": "Gone"},
        {"status": 302, "headers": {"Location": "/about/"}},
        {"status": 200, "body": "Yours", "headers": {"Cache-Control": "no-store"}},
    ],
    ids=lambda answer: str(answer["status"]),
)
def test_a_copy_goes_when_the_page_is_no_longer_public(visit: Visit, answer: dict[str, Any]) -> None:
    keep(visit, "/tools/dingtalk/")
    visit.context.route("**/tools/dingtalk/**", lambda route: route.fulfill(content_type="text/html", **answer))
    # The same page under another query is gone as well.
    visit.go("/tools/dingtalk/?from=here")
    visit.page.wait_for_function("caches.match('/tools/dingtalk/').then((found) => !found)")
    visit.context.unroute("**/tools/dingtalk/**")
    visit.context.set_offline(True)
    visit.go("/tools/dingtalk/")
    expect(visit.page.locator("[data-offline-page]")).to_be_visible()


def test_searches_are_not_kept_in_the_browser(visit: Visit) -> None:
    keep(visit, "/tools/dingtalk/")
    visit.go("/search/?q=my+secret+buyer")
    visit.go("/tools/?q=another")
    keep(visit, "/tools/zoom/")
    kept = visit.page.evaluate(
        """async () => {
          const names = await caches.keys();
          const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
          return requests.flat().map((request) => request.url);
        }"""
    )
    assert any("/tools/dingtalk/" in address for address in kept)
    assert [address for address in kept if "q=" in address] == []


@pytest.mark.parametrize(
    "address",
    [
        f"/warnings/{FOUNDING}/history/1/",
        f"/warnings/{FOUNDING}/",
        "/tools/dingtalk/",
        "/marketplaces/fiverr/",
    ],
)
def test_what_is_printed_begins_on_the_first_sheet_and_offers_nothing_to_press(visit: Visit, address: str) -> None:
    visit.go(address)
    second = visit.page.locator("main :is(h2, h3)").nth(1).inner_text()
    [first, *_] = pypdfium2.PdfDocument(visit.page.pdf(format="A4"))
    assert second in first.get_textpage().get_text_bounded()
    visit.page.emulate_media(media="print")
    for pressed in ("button", "a[href^='/flag/']", "a[href*='/edit/']"):
        for element in visit.page.locator(f"main {pressed}").all():
            expect(element).to_be_hidden()


def test_magnified_four_times_the_header_leaves_most_of_the_screen(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 256})
    visit.go("/tools/dingtalk/")
    header = visit.page.locator("header.masthead")
    box = header.bounding_box()
    assert box is not None
    assert box["height"] < 256 * 0.4
    for link in (*header.get_by_role("link").all(), header.locator("input")):
        expect(link).to_be_visible()


def test_on_a_phone_the_navigation_is_one_row_that_shows_that_it_scrolls(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 360, "height": 740})
    visit.go("/")
    row = visit.page.locator(".masthead nav ul")
    assert scrolls_in_one_row(row)
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    assert row.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_the_colours_can_be_chosen_and_stay_chosen(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="light")
    visit.go("/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = visit.page.evaluate(paper)
    visit.page.locator("[data-theme-choice]").get_by_role("combobox").select_option("dark")
    dark = visit.page.evaluate(paper)
    assert dark != light
    visit.go("/tools/dingtalk/")
    assert visit.page.evaluate(paper) == dark
    visit.page.locator("[data-theme-choice]").get_by_role("combobox").select_option("")
    assert visit.page.evaluate(paper) == light
    assert visit.page.evaluate("localStorage.length") == 0


def test_the_design_page_shows_a_dialog_and_a_toast_in_action(visit: Visit) -> None:
    visit.go("/about/design/")
    visit.page.locator("[command=show-modal]").first.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.get_by_role("dialog")).to_be_visible()
    expect(visit.page.get_by_role("dialog")).to_have_attribute("aria-labelledby", "light-dialog-title")
    visit.page.keyboard.press("Escape")
    expect(visit.page.get_by_role("dialog")).to_have_count(0)
    visit.page.locator("[popovertarget=light-toast]").press("Enter")
    expect(visit.page.locator("#light-toast")).to_be_visible()


def test_the_readers_own_colours_keep_the_marks_apart(visit: Visit) -> None:
    visit.page.emulate_media(forced_colors="active")
    visit.go("/tools/dingtalk/")
    nav = visit.page.locator(".masthead nav")
    border = "element => getComputedStyle(element).borderBottomColor"
    current, other = nav.locator("[href='/tools/']"), nav.locator("[href='/tactics/']")
    assert current.evaluate(border) != other.evaluate(border)
    expect(visit.page.locator(".in-short .switch[data-value=nobody]")).to_contain_text("1")
