"""Every page in one visit each: nothing asked of other hosts, nothing left behind, no finding, nothing too wide."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.accessibility import findings, findings_in_every_view
from tests.browser.conftest import Visit, visiting
from tests.browser.people import fits
from tests.sitemap_of_tests import entrance_pages, pages

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reading(browser: Browser, site: str) -> Iterator[Visit]:
    """The visit of a reader who looks at one page after the other and fills in nothing."""
    with visiting(browser, site) as visit:
        yield visit


@pytest.fixture(scope="module")
def entering(browser: Browser, site: str) -> Iterator[Visit]:
    """The visit of a reader who opens forms, and so gets the cookie that protects them."""
    with visiting(browser, site) as visit:
        yield visit


def look_at(visit: Visit, address: str) -> None:
    """Open a page and look at it in all widths and colours."""
    visit.complaints.clear()
    visit.foreign.clear()
    visit.go(address)
    assert findings_in_every_view(visit.page) == []
    for width in (360, 820):
        visit.page.set_viewport_size({"width": width, "height": 900})
        assert fits(visit.page), width
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    assert (visit.foreign, visit.complaints) == ([], [])


@pytest.mark.parametrize("address", [*pages(), "/no/such/page/"])
def test_a_page_has_no_finding_and_leaves_nothing_behind(address: str, reading: Visit) -> None:
    # It takes seconds: on the matrix, thousands of cells are compared with what is behind them, in each view.
    look_at(reading, address)
    assert reading.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert reading.context.cookies() == []


@pytest.mark.parametrize("address", entrance_pages())
def test_a_form_has_no_finding(address: str, entering: Visit) -> None:
    look_at(entering, address)


def test_the_checker_finds_mistakes(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_content(
        "<html><head><style>@media (prefers-color-scheme: dark) { p { color: #eee; } }"
        "@media (max-width: 400px) { b { display: block; width: 500px; } }</style></head>"
        "<body><img src='x'><p>Pale at night</p><b>Wide on a phone</b></body></html>"
    )
    found = findings_in_every_view(page)
    assert any(finding.startswith("image-alt") for finding in found)
    assert [finding[:30] for finding in found if "color-contrast" in finding] == [
        "1280 dark: color-contrast: <p>",
        "320 dark: color-contrast: <p>P",
    ]
    assert [finding for finding in found if "edge" in finding] == [
        "320 dark: reaches over the edge",
        "320 light: reaches over the edge",
    ]
    assert findings(page) != []
    page.close()
