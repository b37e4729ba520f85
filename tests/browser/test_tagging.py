"""Tags as people meet them: offered while they type, by keyboard alone, without JavaScript, and kept in order."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import findings_in_every_view, no_findings
from tests.browser.people import fits, signed_in, tab_to
from tests.services.site import OwnSite

pytestmark = pytest.mark.browser

LIST = ".field [role=listbox]"
OFFERED = f"{LIST} [role=option]"

MAKE_TAGS = """
from django.utils import timezone
from reports.actions.warnings import set_tags
from reports.models import Warning
from reports.choices import Status
for number, names in enumerate([["night calls", "deposit"], ["night calls"], ["nightly reports"], ["odd hours"]]):
    row = Warning.objects.create(
        slug=f"tagged-{number}", title=f"Tagged {number}", summary="s", status=Status.PUBLISHED,
        published_at=timezone.now(),
    )
    set_tags(warning=row, names=names)
"""
# Signing in asks staff for their second factor; Theo becomes one afterwards.
RAISE = """
from allauth.mfa.models import Authenticator
from accounts.models import User
from accounts.choices import TrustLevel
User.objects.filter(handle="Theo").update(trust_level=TrustLevel.MODERATOR)
theo = User.objects.get(handle="Theo")
Authenticator.objects.create(user=theo, type=Authenticator.Type.TOTP, data={"secret": "x"})
"""


@pytest.fixture(scope="module")
def tagged_site(peopled_site: OwnSite) -> OwnSite:
    """A site with a few tags in use."""
    peopled_site.run(MAKE_TAGS)
    return peopled_site


@pytest.fixture
def form(browser: Browser, tagged_site: OwnSite) -> Iterator[Page]:
    """The form for a report, with the cursor in the field for tags."""
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"{tagged_site.url}/report/")
    tab_to(page, "[name=tags]")
    yield page
    context.close()


def test_tags_are_chosen_with_the_keyboard_one_after_the_other(form: Page) -> None:
    box, options, list_ = (
        form.locator("[name=tags]"),
        form.locator(OFFERED),
        form.locator(LIST),
    )
    form.keyboard.type("NIGHT-")
    expect(options).to_have_text(["night calls · 2 warnings", "nightly reports · 1 warning"])
    expect(box).to_have_attribute("aria-expanded", "true")
    form.keyboard.press("ArrowDown")
    form.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id") or "")
    form.keyboard.press("ArrowUp")
    form.keyboard.press("Enter")
    expect(box).to_have_value("night calls, ")
    expect(list_).to_be_hidden()
    form.keyboard.type("nigh")
    # What is there already is not offered again.
    expect(options).to_have_text(["nightly reports · 1 warning"])
    form.keyboard.press("ArrowUp")
    form.keyboard.press("Enter")
    expect(box).to_have_value("night calls, nightly reports, ")
    form.keyboard.type("odd")
    expect(options).to_have_count(1)
    form.keyboard.press("Escape")
    expect(list_).to_be_hidden()
    expect(box).to_have_value("night calls, nightly reports, odd")
    # Nothing of this sent the form.
    expect(form).to_have_url(re.compile("/report/$"))
    expect(form.get_by_role("alert")).to_have_count(0)


def test_the_list_closes_when_the_field_is_left_and_a_click_chooses(form: Page) -> None:
    box = form.locator("[name=tags]")
    form.keyboard.type("depo")
    expect(form.locator(OFFERED)).to_have_count(1)
    form.keyboard.press("Tab")
    expect(form.locator(LIST)).to_be_hidden()
    box.press("End")
    form.keyboard.type("s")
    form.locator(OFFERED).click()
    expect(box).to_have_value("deposit, ")
    expect(box).to_be_focused()


def test_the_open_list_has_no_finding(browser: Browser, tagged_site: OwnSite) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{tagged_site.url}/report/")
    page.locator("[name=tags]").press_sequentially("night")
    expect(page.locator(OFFERED)).to_have_count(2)
    page.keyboard.press("ArrowDown")
    assert findings_in_every_view(page) == []
    page.context.close()


def test_without_javascript_the_browser_offers_them(browser: Browser, tagged_site: OwnSite) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{tagged_site.url}/report/")
    name = page.locator("[name=tags]").get_attribute("list")
    offered = page.locator(f"datalist#{name} option")
    assert "night calls" in [option.get_attribute("value") for option in offered.all()]
    page.context.close()


def test_a_moderator_merges_a_tag_and_undoes_it_with_the_keyboard(browser: Browser, tagged_site: OwnSite) -> None:
    # It takes seconds: every field is reached by Tab, and axe looks at each step.
    page = signed_in(browser, tagged_site, "Theo", viewport={"width": 320, "height": 800})
    tagged_site.run(RAISE)
    page.goto(f"{tagged_site.url}/tags/night-calls/")
    no_findings(page)
    tab_to(page, "a[href$='/curate/']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("#night calls")
    no_findings(page)
    assert fits(page)
    tab_to(page, "[name=into]")
    page.keyboard.type("odd h")
    expect(page.locator(OFFERED)).to_have_text(["odd hours · 1 warning"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[name=into]")).to_have_value("odd hours")
    tab_to(page, "[name=act][value=merge]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-message=merged]")).to_be_visible()
    expect(page.locator("[data-part=uses]")).to_contain_text("3")
    no_findings(page)
    page.goto(f"{tagged_site.url}/tags/night-calls/")
    expect(page.get_by_role("heading", level=1)).to_have_text("#odd hours")
    page.goto(f"{tagged_site.url}/tags/")
    no_findings(page)
    page.locator("[aria-labelledby=merges]").get_by_role("link", name="#odd hours").press("Enter")
    tab_to(page, "[name=act][value=undo]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-message=merge-undone]")).to_be_visible()
    expect(page.locator("[data-part=uses]")).to_contain_text("2")
    tab_to(page, "[name=act][value=rename]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_attribute("aria-invalid", "true")
    no_findings(page)
    assert fits(page)
    page.context.close()
