"""Accounts as people use them: signing up with the keyboard, a passkey, and pages that a screen reader can read."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import findings_in_every_view
from tests.browser.people import sign_in, tab_to
from tests.services.site import OwnSite
from tests.sitemap_of_tests import own_pages

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"


def sign_up(page: Page, site: OwnSite, handle: str) -> None:
    page.goto(f"{site.url}/accounts/signup/")
    tab_to(page, "[name=username]")
    page.keyboard.type(handle)
    tab_to(page, "[name=password1]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(handle)


def test_an_account_with_the_keyboard_and_every_page_of_it_is_without_a_finding(
    browser: Browser, own_site: OwnSite
) -> None:
    # It takes seconds: sixteen pages, each in every width and both colours.
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_up(page, own_site, "Heron")
    found = {}
    for address in [*own_pages(), "/u/Heron/", "/accounts/delete/"]:
        page.goto(own_site.url + address)
        if complaints := findings_in_every_view(page):
            found[address] = complaints
    assert found == {}
    page.goto(f"{own_site.url}/accounts/logout/")
    page.locator("main form button[name=clear]").click()
    expect(page.locator(".doors a[href^='/accounts/login/']")).to_be_visible()
    assert [cookie["name"] for cookie in context.cookies()] == []
    context.close()


def add_authenticator(page: Page) -> None:
    """Give a browser an authenticator that holds passkeys and confirms each use."""
    authenticator = page.context.new_cdp_session(page)
    authenticator.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_signs_in_without_a_password(browser: Browser, own_site: OwnSite) -> None:
    context = browser.new_context()
    page = context.new_page()
    add_authenticator(page)
    sign_up(page, own_site, "Ibis")
    page.goto(f"{own_site.url}/accounts/2fa/webauthn/add/")
    page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    expect(page).not_to_have_url(re.compile("/webauthn/add/"))
    page.goto(f"{own_site.url}/accounts/logout/")
    page.locator("main form button[name=clear]").click()
    page.goto(f"{own_site.url}/accounts/login/")
    page.locator("#passkey_login").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ibis")
    context.close()


def test_a_passkey_that_is_not_there_is_said(browser: Browser, own_site: OwnSite) -> None:
    context = browser.new_context()
    page = context.new_page()
    add_authenticator(page)
    page.goto(f"{own_site.url}/accounts/login/")
    alert = page.locator("[data-passkey-error]")
    expect(alert).to_be_hidden()
    page.locator("#passkey_login").click()
    expect(alert).to_be_focused()
    expect(alert).to_have_attribute("data-state", "notAllowed")
    # Whatever else goes wrong is said, too: here, the site gives no challenge.
    page.route("**/accounts/2fa/webauthn/login/", lambda route: route.abort())
    page.locator("#passkey_login").click()
    expect(alert).to_have_attribute("data-state", "other")
    context.close()


def test_a_reader_without_javascript_signs_up_and_in(browser: Browser, own_site: OwnSite) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{own_site.url}/accounts/signup/")
    page.locator("[name=username]").fill("Egret")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("form.form .actions button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Egret")
    page.locator("a[href='/accounts/logout/']").click()
    page.locator("main form button:not([name=clear])").click()
    page.goto(f"{own_site.url}/accounts/login/")
    sign_in(page, "egret")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Egret")
    context.close()
