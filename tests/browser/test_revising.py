"""Editing as people do: with the keyboard, on a phone, without JavaScript, and two at the same time."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_reporting import no_findings, tab_to
from tests.services.processes import start
from tests.services.site import OwnSite
from tests.sitemap_of_tests import FOUNDING

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
TRUST = """
import sys
from accounts.models import TrustLevel, User
for handle in sys.argv[1:]:
    user = User.objects.create_user(handle, "correct horse battery")
    user.trust_level = TrustLevel.TRUSTED if handle.startswith("T") else TrustLevel.NEW
    user.save()
"""


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnSite]:
    """A site with Tess and Theo, who are trusted, and Heron, who is new."""
    folder: Path = tmp_path_factory.mktemp("revising")
    site = OwnSite(folder)
    site.start()
    variables = os.environ | {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    out, err = start(TRUST, variables, "Tess", "Theo", "Heron").communicate(timeout=60)
    assert err == "", out + err
    yield site
    site.kill()


def signed_in(browser: Browser, site: OwnSite, handle: str, **options: object) -> Page:
    """A page in a browser in which somebody is signed in."""
    context: BrowserContext = browser.new_context(bypass_csp=True, **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.url}/accounts/login/")
    page.get_by_label("Handle or e-mail address").fill(handle)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(handle)
    return page


def fits(page: Page) -> bool:
    return bool(page.locator("html").evaluate("(page) => page.scrollWidth <= page.clientWidth"))


def test_an_edit_with_the_keyboard_only_and_its_history(browser: Browser, own_site: OwnSite) -> None:
    page = signed_in(browser, own_site, "Tess")
    page.goto(f"{own_site.url}/warnings/{FOUNDING}/edit/")
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


def test_two_at_the_same_time_on_a_phone_without_javascript(browser: Browser, own_site: OwnSite) -> None:
    phone = {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}
    hers, his = (signed_in(browser, own_site, handle, **phone) for handle in ("Tess", "Theo"))
    for page in (hers, his):
        page.goto(f"{own_site.url}/warnings/{FOUNDING}/edit/")
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
def test_a_suggestion_about_a_fact_is_decided_on(browser: Browser, own_site: OwnSite, scheme: str) -> None:
    phone = {"viewport": {"width": 320, "height": 640}, "color_scheme": scheme}
    his = signed_in(browser, own_site, "Heron", **phone)
    his.goto(f"{own_site.url}/tools/dingtalk/facts/escalating-alerts/edit/")
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
    hers = signed_in(browser, own_site, "Tess", **phone)
    hers.goto(f"{own_site.url}/accounts/edits/")
    no_findings(hers)
    hers.get_by_role("link", name="What a tool can do: dingtalk/escalating-alerts").first.click()
    no_findings(hers)
    tab_to(hers, "Accept")
    hers.keyboard.press("Enter")
    expect(hers.get_by_text("Decided by Tess")).to_be_visible()
    hers.goto(f"{own_site.url}/tools/dingtalk/")
    expect(hers.get_by_text(f"As it looks in the {scheme}.").first).to_be_visible()
    hers.goto(f"{own_site.url}/tools/dingtalk/facts/escalating-alerts/history/?from=0&to=1")
    no_findings(hers)
    assert fits(hers)
    hers.goto(f"{own_site.url}/accounts/connections/")
    no_findings(hers)
    assert fits(hers)
    for page in (his, hers):
        page.context.close()
