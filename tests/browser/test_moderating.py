"""The desk by keyboard, on a phone, without JavaScript, and clean in axe on every page of it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from moderation.choices import Act
from tests.browser.accessibility import findings, findings_in_every_view
from tests.browser.people import fits, scrolls_in_one_row, sign_in, signed_in
from tests.services.site import OwnSite

pytestmark = pytest.mark.browser

# Signing in asks staff for their second factor; Theo becomes a moderator afterwards.
PREPARE = """
from allauth.mfa.models import Authenticator
from django.utils import timezone
from accounts.models import User
from accounts.choices import TrustLevel
from moderation.actions.flags import flag
from moderation.choices import FlagReason
from reports.models import Report, Warning
from reports.choices import Status
from reports.signals import post_submitted
User.objects.filter(handle="Theo").update(trust_level=TrustLevel.MODERATOR)
theo, mary = User.objects.get(handle="Theo"), User.objects.get(handle="Mary")
Authenticator.objects.create(user=theo, type=Authenticator.Type.TOTP, data={"secret": "x"})
for number in range(4):
    warning = Warning.objects.create(slug=f"waits-{number}", title=f"Waiting {number}", summary="s", author=mary)
    report = Report.objects.create(warning=warning, author=mary, body="It happened to me, and I refused.", proposed_tool="Chatto")
    post_submitted.send(sender=Report, post=report)
shown = Warning.objects.create(
    slug="shown", title="Shown to all", summary="s", author=mary, status=Status.PUBLISHED, published_at=timezone.now()
)
flag(target=shown, flagger=User.objects.get(handle="Heron"), reason=FlagReason.UNTRUE, detail="It was another tool.")
"""


@pytest.fixture(scope="module")
def desk_site(peopled_site: OwnSite) -> OwnSite:
    """A site where things wait."""
    return peopled_site


@pytest.fixture
def desk(browser: Browser, desk_site: OwnSite, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Theo at the desk; options of the browser by the test's parameter."""
    page = signed_in(browser, desk_site, "Theo", **getattr(request, "param", {}))
    desk_site.run(CLEAR + PREPARE)
    page.goto(f"{desk_site.url}/moderation/")
    yield page
    desk_site.run(BACK)
    page.context.close()


CLEAR = """
from directory.models import Tool
from moderation.models import Case, Decision, Flag, Proposal
from reports.models import Warning
for model in (Flag, Decision, Case, Proposal):
    model._default_manager.all().delete()
Tool.objects.filter(slug="chatto").delete()
Warning.objects.filter(founding=False).delete()
"""
# What administrators see besides: the forms that change reasons, limits and announcements; and an announcement.
PROMOTE = """
from accounts.models import User
from moderation.actions.announcements import announce
from moderation.models import Announcement
User.objects.filter(handle="Theo").update(trust_level="administrator")
Announcement.objects.all().delete()
from moderation.actions.invitations import invite
from moderation.models import Invitation
Invitation.objects.all().delete()
invite(actor=User.objects.get(handle="Theo"))
announce(actor=User.objects.get(handle="Theo"), fields={"text": "Read this.", "link": "/about/", "link_words": "Why"})
"""
BACK = """
from moderation.models import Announcement
Announcement.objects.all().delete()
from allauth.mfa.models import Authenticator
from accounts.models import User
from accounts.choices import TrustLevel
Authenticator.objects.all().delete()
User.objects.filter(handle="Theo").update(trust_level=TrustLevel.TRUSTED)
User.objects.filter(handle="Mary").update(trust_level=TrustLevel.MEMBER)
"""


def test_a_moderator_works_through_the_queue_with_the_keyboard_alone(desk: Page) -> None:
    expect(desk.locator("nav.tabs [aria-current=page]")).to_have_attribute("href", "/moderation/")
    rows = desk.locator("[data-row]")
    expect(rows).to_have_count(5)
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    expect(rows.nth(1)).to_have_class(re.compile("marked"))
    desk.keyboard.press("k")
    expect(rows.nth(0)).to_have_class(re.compile("marked"))
    desk.keyboard.press("n")
    expect(desk.locator("[data-lease]")).to_be_visible()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Shown to all")
    desk.keyboard.press("1")
    expect(desk.locator("[name=act][value=keep]")).to_be_checked()
    # It was flagged, so the person who flagged it reads why nothing is done.
    desk.locator("[name=public_reason]").fill("We looked at all of it.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("[data-message=decided]")).to_contain_text("Shown to all")
    expect(desk.locator("[data-message=decided]")).to_contain_text(Act.NO_ACTION.label)
    expect(desk.get_by_role("heading", level=1)).to_have_text(re.compile("Waiting"))
    desk.keyboard.press("?")
    expect(desk.locator("#keys dl")).to_be_visible()
    desk.keyboard.press("4")
    expect(desk.locator("[name=act][value=decline]")).to_be_checked()
    desk.keyboard.press("r")
    desk.keyboard.type("Adv")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("[data-message=decided]")).to_contain_text(Act.DECLINE.label)
    desk.locator("[data-message=decided] a").press("Enter")
    desk.locator("details:has(form[action$='/undo/']) summary").press("Enter")
    desk.locator("[name=note]").fill("It was none.")
    desk.locator("form[action$='/undo/'] button").press("Enter")
    expect(desk.locator("[data-message=undone]")).to_be_visible()
    expect(desk.locator("[data-state=undone]")).to_be_visible()


def test_an_invitation_is_made_copied_and_accepted_in_another_browser(
    desk: Page, desk_site: OwnSite, browser: Browser
) -> None:
    desk_site.run(PROMOTE)
    desk.goto(f"{desk_site.url}/moderation/people/")
    desk.locator("[name=act][value=invite]").press("Enter")
    link = desk.locator("[data-copy]").inner_text().splitlines()[0]
    assert (findings(desk), fits(desk)) == ([], True)
    expect(desk.locator("form[action^='/moderation/invitations/'] button")).to_have_count(2)
    address = f"{desk_site.url}{link[link.index('/invitation/') :]}"
    context = browser.new_context(viewport={"width": 320, "height": 800})
    other = context.new_page()
    other.goto(address)
    expect(other.locator("h1[data-state=open]")).to_be_visible()
    assert (findings(other), fits(other)) == ([], True)
    other.locator("main a[href^='/accounts/login/']").press("Enter")
    sign_in(other, "Mary")
    other.locator("main form button", has_text="Mary").press("Enter")
    expect(other.locator("h1[data-state=accepted]")).to_be_visible()
    assert (findings(other), fits(other)) == ([], True)
    other.goto(address)
    expect(other.locator("h1[data-state=over]")).to_be_visible()
    assert (findings(other), fits(other)) == ([], True)
    context.close()


def test_letters_that_somebody_types_into_a_field_are_no_commands(desk: Page) -> None:
    desk.locator(".filters [name=q]").focus()
    desk.keyboard.type("njgx?")
    expect(desk.locator(".filters [name=q]")).to_have_value("njgx?")
    expect(desk.locator(".marked")).to_have_count(0)


def test_what_a_decision_needs_shows_once_it_is_chosen(desk: Page) -> None:
    desk.get_by_role("link", name="Waiting 0").click()
    expect(desk.locator("[name=passages]")).to_be_hidden()
    desk.locator("[name=act][value=redact]").check()
    expect(desk.locator("[name=passages]")).to_be_visible()
    desk.locator("[name=act][value=ask]").check()
    expect(desk.locator("[name=passages]")).to_be_hidden()
    expect(desk.locator("[name=remark_body]")).to_be_visible()


@pytest.mark.parametrize("desk", [{"viewport": {"width": 360, "height": 740}}], indirect=True)
def test_on_a_phone_the_tabs_are_one_row_that_shows_that_it_scrolls(desk: Page) -> None:
    assert scrolls_in_one_row(desk.locator("nav.tabs ul"))
    assert fits(desk)


@pytest.mark.parametrize("desk", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_cases_are_taken_decided_and_decided_at_once(desk: Page) -> None:
    desk.locator("[data-key=n]").click()
    expect(desk.locator("[data-lease]")).to_be_visible()
    desk.locator("[name=act][value=keep]").check()
    desk.locator("[name=public_reason]").fill("We looked at all of it.")
    desk.locator("form.decide .actions button").click()
    expect(desk.locator("[data-message=decided]")).to_contain_text(Act.NO_ACTION.label)
    desk.locator("[data-key=g]").click()
    desk.locator(".filters [name=kind]").select_option("report")
    desk.locator(".filters button").click()
    for box in desk.get_by_role("checkbox").all():
        box.check()
    desk.locator(".bulk button").click()
    expect(desk.locator("[data-message=decided]")).to_contain_text("4 ")


@pytest.mark.parametrize("desk", [{"viewport": {"width": 1280, "height": 900}}], indirect=True)
def test_no_page_of_the_desk_has_a_finding(desk: Page, desk_site: OwnSite) -> None:
    """Its two dozen pages, each in every width and both colours, take their time."""
    seen = []
    address = desk.locator("[data-row] a").first.get_attribute("href") or ""
    desk.locator("[data-key=n]").click()
    desk.locator("[name=act][value=unpublish]").check()
    desk.locator("form.decide .actions button").click()
    seen.append(("mistake", findings_in_every_view(desk)))
    desk.locator("[name=reason]").select_option("not-true")
    desk.locator("form.decide .actions button").click()
    expect(desk.locator("[data-message=decided]")).to_contain_text(Act.UNPUBLISH.label)
    seen.append(("next", findings_in_every_view(desk)))
    decision = desk.locator("[data-message=decided] a").get_attribute("href") or ""
    desk_site.run(PROMOTE)
    places = [
        "",
        "?kind=report",
        *(f"{name}/" for name in ("record", "rule", "people", "reasons", "reasons/not-true")),
    ]
    places += ["limits/", "announcements/", "proposals/", "proposals/add/?name=Chatto"]
    for place in (
        *(f"/moderation/{place}" for place in places),
        *("/transparency/", "/flag/warning/shown/", "/flag/source/1/"),
        *(address, f"{address}danger/", decision),
    ):
        desk.goto(f"{desk_site.url}{place}")
        seen.append((place, findings_in_every_view(desk)))
    assert [part for part in seen if part[1]] == []


def test_a_tool_that_reports_name_is_added_and_taken_back_with_the_keyboard(desk: Page, desk_site: OwnSite) -> None:
    desk.locator(".tabs a[href='/moderation/proposals/']").press("Enter")
    expect(desk.locator("[data-part=places]")).to_contain_text("4 ")
    desk.locator("a.button[href$='?name=Chatto']").press("Enter")
    expect(desk.locator("[name=name]")).to_have_value("Chatto")
    desk.locator("main form .actions button").press("Enter")
    expect(desk.locator("main [role=alert]")).to_be_visible()
    desk.locator("[name=summary]").fill("A messenger for teams.")
    desk.locator("main form .actions button").press("Enter")
    expect(desk.locator("[data-message=added]")).to_be_visible()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Chatto")
    assert findings(desk) == []
    desk.goto(f"{desk_site.url}/moderation/proposals/")
    desk.locator("form[action$='/take-back/'] button").first.press("Enter")
    expect(desk.locator("[data-message=proposed-again]")).to_contain_text("Chatto")
    desk.locator("main li.card summary").press("Enter")
    desk.locator("[name=tool]").fill("Nowhere")
    desk.locator("[name=tool]").press("Enter")
    expect(desk.locator("[id^=refused-]")).to_contain_text("“Nowhere”")
    assert findings(desk) == []


PICTURE = """
import io
from PIL import Image
from common.images.clean import clean
from reports.models import Evidence, Report
from reports import evidence_store
file = io.BytesIO()
Image.linear_gradient("L").resize((400, 300)).convert("RGB").save(file, "PNG")
[drawn] = clean(file.getvalue())
row = Evidence.objects.create(
    report=Report.objects.filter(warning__slug="waits-0").get(), stored_name=evidence_store.put(drawn),
    media_type=drawn.media_type, size=len(drawn.data), width=400, height=300, sha256=drawn.sha256,
)
print(f"/moderation/pictures/{row.public_id}/")
"""


def picture_on(site: OwnSite) -> str:
    """The address at the desk of a picture on a report that waits."""
    return site.run(PICTURE).strip()


def test_a_part_of_a_picture_is_covered_and_uncovered_with_the_keyboard(desk: Page, desk_site: OwnSite) -> None:
    # It takes seconds: the picture is decoded and drawn again three times.
    desk.goto(f"{desk_site.url}{picture_on(desk_site)}")
    desk.get_by_role("link", name="Waiting 0").click()
    desk.locator(".shots a", has_not=desk.locator("img")).focus()
    desk.keyboard.press("Enter")
    canvas = desk.get_by_role("application")
    expect(canvas).to_be_visible()
    assert (findings(desk), fits(desk)) == ([], True)
    canvas.focus()
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown", "Enter"):
        desk.keyboard.press(key)
    expect(desk.locator("[name=areas]")).to_have_value("9.00 8.67 50.00 22.00")
    desk.locator("main form.form .actions button").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-message=covered]")).to_be_visible()
    assert findings(desk) == []
    desk.locator("[name=act][value=undo]").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-message=uncovered]")).to_be_visible()


@pytest.mark.parametrize(
    "desk", [{"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}], indirect=True
)
def test_a_picture_is_covered_without_javascript_by_the_lines_over_it(desk: Page, desk_site: OwnSite) -> None:
    desk.goto(f"{desk_site.url}{picture_on(desk_site)}")
    desk.locator("[name=areas]").fill("10 20")
    desk.locator("main form.form .actions button").click()
    expect(desk.locator("[name=areas]")).to_have_attribute("aria-invalid", "true")
    desk.locator("[name=areas]").fill("10 20 60 50")
    desk.locator("main form.form .actions button").click()
    expect(desk.locator("[data-message=covered]")).to_be_visible()
