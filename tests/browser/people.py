"""People with accounts on a site of their own, in browsers of their own."""

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.services.site import OwnSite

PASSWORD = "correct horse battery"
# Whose handle begins with T is trusted, with M a member; everybody else is new.
MAKE_PEOPLE = """
import sys
from accounts.models import User
from accounts.choices import TrustLevel
levels = {"T": TrustLevel.TRUSTED, "M": TrustLevel.MEMBER}
for handle in sys.argv[1:]:
    user = User.objects.create_user(handle, "correct horse battery")
    user.trust_level = levels.get(handle[0], TrustLevel.NEW)
    user.save()
"""


def signed_in(browser: Browser, site: OwnSite, handle: str, **options: object) -> Page:
    """A page in a browser in which somebody is signed in."""
    context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.url}/accounts/login/")
    sign_in(page, handle)
    expect(page.get_by_role("heading", level=1)).to_contain_text(handle)
    return page


def sign_in(page: Page, handle: str) -> None:
    """Fill in the form for signing in, and send it."""
    page.locator("[name=login]").fill(handle)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")


def fits(page: Page) -> bool:
    """Whether nothing reaches over the edge of the page."""
    return bool(page.locator("html").evaluate("(page) => page.scrollWidth <= page.clientWidth"))


def scrolls_in_one_row(row: Locator) -> bool:
    """Whether links stand in one row that is wider than its place, with a shadow at the edge where it goes on."""
    looks = """(row) => {
        const tops = new Set([...row.children].map((item) => Math.round(item.getBoundingClientRect().top)));
        const { backgroundAttachment, overflowX } = getComputedStyle(row);
        const shadows = backgroundAttachment.includes("local") && backgroundAttachment.includes("scroll");
        return tops.size === 1 && row.scrollWidth > row.clientWidth && overflowX === "auto" && shadows;
    }"""
    return bool(row.evaluate(looks))


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what a selector names has the focus; it has a name that screen readers can say."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            at = page.evaluate_handle("() => document.activeElement").as_element()
            assert at
            assert at.evaluate("(at) => (at.labels?.[0]?.textContent || at.textContent || at.ariaLabel || '').trim()")
            return
    raise AssertionError(f"Tab never came to {selector}")
