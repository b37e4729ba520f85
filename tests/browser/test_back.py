"""The Back button after a form was sent: the answer is there again with what was typed, and nothing is sent twice."""

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

TEXT = "The buyer John Miller made me install the app before the order, and then read everything that I wrote there."


@pytest.mark.parametrize("script", [True, False])
def test_back_shows_each_answer_again_and_makes_no_second_report(browser: Browser, site: str, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{site}/report/")
    page.locator("[name=body]").fill(TEXT)
    page.locator("[name=act][value=send]").click()
    expect(page.locator("[name=title]")).to_have_attribute("aria-invalid", "true")
    page.locator("[name=title]").fill(f"Had to install a messenger, script {script}")
    page.locator("[name=act][value=preview]").click()
    expect(page.locator("#preview")).to_be_visible()
    page.locator("[name=act][value=send]").click()
    expect(page.locator("#personal")).to_be_visible()
    page.go_back()
    expect(page.locator("#preview")).to_be_visible()
    page.go_back()
    expect(page.locator("[name=body]")).to_have_value(TEXT)
    page.go_forward()
    page.go_forward()
    expect(page.locator("#personal")).to_be_visible()
    page.locator("[name=keep]").click()
    code = page.locator(".code").inner_text()
    page.go_back()
    expect(page.locator("[name=body]")).to_be_visible()
    page.locator("[name=title]").fill(f"Had to install a messenger, script {script}")
    page.locator("[name=body]").fill(TEXT)
    page.locator("[name=act][value=send]").click()
    expect(page.locator(".code")).to_have_text(code)
    context.close()
