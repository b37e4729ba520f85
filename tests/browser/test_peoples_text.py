"""Long words and right-to-left text of people, on every page that shows them, on a phone."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.people import fits, signed_in
from tests.services.site import OwnSite

pytestmark = pytest.mark.browser

WORD = "x" * 300
ADDRESS = "https://docs.google.example/document/d/" + "a1B2" * 40
# Signing in asks staff for their second factor; Theo becomes a moderator afterwards.
PREPARE = f"""
from allauth.mfa.models import Authenticator
from django.utils import timezone
from accounts.choices import TrustLevel
from accounts.models import User
from directory.models import Tool
from moderation.actions.flags import flag
from moderation.choices import FlagReason
from moderation.models import Case
from reports.actions.warnings import rendered, save_first_version
from reports.choices import Status
from reports.models import Comment, Report, Warning
from reports.signals import post_submitted, posts_changed
from reports.tag_rows import tags_for
word, address = "{WORD}", "{ADDRESS}"
body = f"See {{address}} and {{word}}.\\n\\n- {{word}}\\n\\n> {{word}}\\n\\n# {{word[:200]}}\\n\\n`{{word}}`\\n\\na|b\\n-|-\\n{{word}}|b"
theo, tess = User.objects.get(handle="Theo"), User.objects.get(handle="Tess")
Authenticator.objects.create(user=theo, type=Authenticator.Type.TOTP, data={{"secret": "x"}})
User.objects.filter(pk=theo.pk).update(trust_level=TrustLevel.MODERATOR)
shown = {{"status": Status.PUBLISHED, "published_at": timezone.now(), "author": tess}}
warning = Warning.objects.create(
    slug="long", title=word[:150], summary=f"{{word}} {{address}}", what_to_do=[word[:300]], version=1, **shown, **rendered(body, Warning)
)
save_first_version(warning=warning)
tool = Tool.objects.get(slug="dingtalk")
Tool.objects.filter(pk=tool.pk).update(name=word[:110], summary=word)
warning.tools.add(tool)
for tag in tags_for([word[:50]]):
    warning.tagged.create(tag=tag)
    print(tag.slug)
Report.objects.create(warning=warning, **shown, **rendered(body, Report))
Comment.objects.create(warning=warning, **shown, **rendered(body, Comment))
waiting = Warning.objects.create(slug="waits", title=word[:150], summary=word, author=tess)
report = Report.objects.create(warning=waiting, author=tess, proposed_tool=word[:100], **rendered(body, Report))
post_submitted.send(sender=Report, post=report)
flag(target=warning, flagger=User.objects.get(handle="Mary"), reason=FlagReason.UNTRUE, detail=f"{{word}} {{address}}")
posts_changed.send(sender=Warning, keys=[warning.pk], below=True)
for case in Case.objects.all():
    print(case.get_absolute_url())
arabic = "\u062f\u0641\u0639 (5.1) DingTalk!"
Warning.objects.create(
    slug="arabic", title=arabic, summary=arabic, what_to_do=[arabic], **shown, **rendered(f"{{arabic}}\\n\\n- {{arabic}}\\n- second\\n\\nEnglish.", Warning)
)
"""
# What reaches over the edge, for the message of the test.
TOO_WIDE = """() => [...document.querySelectorAll("main *")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1).map((element) => element.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def filled(peopled_site: OwnSite, browser: Browser) -> tuple[OwnSite, Page, list[str]]:
    """A site with long and Arabic texts, Theo's phone on it, and the addresses that it printed."""
    page = signed_in(browser, peopled_site, "Theo", viewport={"width": 320, "height": 800})
    tag, *cases = peopled_site.run(PREPARE).split()
    return peopled_site, page, [f"/tags/{tag}/", f"/tags/{tag}/curate/", *cases]


def test_no_long_word_makes_a_page_wider_than_a_phone(filled: tuple[OwnSite, Page, list[str]]) -> None:
    # It takes seconds: two dozen pages.
    site, page, printed = filled
    shown = [
        "warnings/long/",
        "warnings/long/history/",
        "warnings/long/history/1/",
        "warnings/long/edit/",
        "warnings/",
        "tags/",
    ]
    shown += [
        "search/?q=dingtalk",
        f"search/?q={WORD[:60]}",
        "tools/",
        "tools/dingtalk/",
        "tools/compare/?tool=dingtalk&tool=hubstaff",
        "u/Tess/",
    ]
    shown += ["tools/matrix/", "moderation/", "accounts/watches/", "report/?joins=long", "warnings/?tool=dingtalk"]
    wide = {}
    for path in [*shown, *(address.lstrip("/") for address in printed)]:
        answer = page.goto(f"{site.url}/{path}")
        assert answer
        assert answer.ok, path
        if not fits(page):
            wide[path] = page.evaluate(TOO_WIDE)[:3]
    page.goto(f"{site.url}/report/")
    page.locator("[name=title]").fill(WORD[:150])
    page.locator("[name=body]").fill(f"{WORD} {ADDRESS}")
    page.locator("[name=act][value=preview]").click()
    if not fits(page):
        wide["preview"] = page.evaluate(TOO_WIDE)[:3]
    assert wide == {}


def test_text_runs_in_the_direction_of_its_words(filled: tuple[OwnSite, Page, list[str]]) -> None:
    site, page, _ = filled
    page.goto(f"{site.url}/warnings/arabic/")
    directions = "(all) => all.map((element) => getComputedStyle(element).direction)"
    body = "[aria-labelledby=happened]"
    assert page.locator("h1, article > p.prose, [aria-labelledby=do] li").evaluate_all(directions) == ["rtl"] * 3
    assert page.locator(f"{body} > :is(p, ul), {body} li").evaluate_all(directions) == [
        "rtl",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]
    page.goto(f"{site.url}/report/")
    for field in ("title", "body"):
        page.locator(f"[name={field}]").fill("\u062f\u0641\u0639")
        assert page.locator(f"[name={field}]").evaluate_all(directions) == ["rtl"]
    assert fits(page)
