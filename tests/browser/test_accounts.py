"""Accounts as people use them: signing up with the keyboard, a passkey, and pages that a screen reader can read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import sign_in
from tests.browser.test_axe import findings
from tests.browser.test_reporting import tab_to
from tests.services.site import OwnSite
from tests.sitemap_of_tests import own_pages

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def named_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnSite]:
    """A site that is known by a name, as passkeys need."""
    folder: Path = tmp_path_factory.mktemp("named")
    site = OwnSite(folder)
    site.start()
    yield site
    site.kill()


def sign_up(page: Page, site: OwnSite, handle: str) -> None:
    page.goto(f"{site.url}/accounts/signup/")
    tab_to(page, "[name=username]")
    page.keyboard.type(handle)
    tab_to(page, "[name=password1]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(handle)


def confirm_password(page: Page) -> None:
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")


def test_an_account_with_the_keyboard_and_every_page_of_it_is_without_a_finding(
    browser: Browser, named_site: OwnSite
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 800})
    page = context.new_page()
    sign_up(page, named_site, "Heron")
    found = {}
    for address in [*own_pages(), "/u/Heron/", "/accounts/delete/"]:
        page.goto(named_site.url + address)
        if complaints := findings(page):
            found[address] = complaints
        assert page.locator("html").evaluate("(page) => page.scrollWidth <= page.clientWidth"), address
    assert found == {}
    page.goto(f"{named_site.url}/accounts/logout/")
    page.locator("main form button").click()
    expect(page.locator(".doors a[href^='/accounts/login/']")).to_be_visible()
    assert [cookie["name"] for cookie in context.cookies()] == []
    context.close()


def test_a_passkey_signs_in_without_a_password(browser: Browser, named_site: OwnSite) -> None:
    context = browser.new_context()
    page = context.new_page()
    authenticator = context.new_cdp_session(page)
    authenticator.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_up(page, named_site, "Ibis")
    page.goto(f"{named_site.url}/accounts/2fa/webauthn/add/")
    confirm_password(page)
    page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    expect(page).not_to_have_url(re.compile("/webauthn/add/"))
    page.goto(f"{named_site.url}/accounts/logout/")
    page.locator("main form button").click()
    page.goto(f"{named_site.url}/accounts/login/")
    page.locator("#passkey_login").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ibis")
    context.close()


def test_a_reader_without_javascript_signs_up_and_in(browser: Browser, named_site: OwnSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{named_site.url}/accounts/signup/")
    page.locator("[name=username]").fill("Egret")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("form.form .actions button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Egret")
    page.locator("a[href='/accounts/logout/']").click()
    page.locator("main form button").click()
    page.goto(f"{named_site.url}/accounts/login/")
    sign_in(page, "egret")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Egret")
    context.close()
