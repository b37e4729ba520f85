"""No axe finding on any kind of page, light and dark, narrow and wide."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import AXE
from tests.sitemap_of_tests import entrance_pages, pages

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def findings(page: Page) -> list[str]:
    """What axe finds on the page, one line each."""
    page.add_script_tag(path=AXE)
    result: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [f"{v['id']}: {n['html'][:120]} {n['failureSummary']}" for v in result["violations"] for n in v["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_has_a_finding(theme: Any, width: int, browser: Browser, site: str) -> None:
    # The site's own policy would keep the checker out; it is tested elsewhere.
    context = browser.new_context(bypass_csp=True, color_scheme=theme, viewport={"width": width, "height": 900})
    page = context.new_page()
    found = {}
    for address in [*pages(), *entrance_pages(), "/no/such/page/"]:
        page.goto(site + address)
        complaints = findings(page)
        if complaints:
            found[address] = complaints
    context.close()
    assert found == {}


def test_the_checker_finds_mistakes(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html><body><img src='x'><input></body></html>")
    assert any(finding.startswith("image-alt") for finding in findings(page))
    page.close()
