"""The founding warning comes with the catalogue: published, sourced, with its discussion."""

import re

import pytest
from django.conf import settings
from django.test import Client

from directory.catalogue.loader import load
from reports.actions.founding import apply_founding_text, set_founding_discussion, set_founding_report
from reports.models import Comment, Revision, Warning
from tests.pages_under_test import numbers, states
from tests.prepared import TODAY

pytestmark = pytest.mark.django_db

SLUG = "stay-away-from-a-buyer-who-asks-you-to-use-dingtalk"


@pytest.fixture
def warning() -> Warning:
    """The founding warning."""
    found: Warning = Warning.objects.get(slug=SLUG)
    return found


def test_it_is_published_with_all_that_belongs_to_it(warning: Warning) -> None:
    assert warning.status == "published"
    assert (warning.report_count, warning.comment_count, warning.vote_count) == (1, 9, 0)
    assert [tool.slug for tool in warning.tools.all()] == ["dingtalk"]
    assert warning.tactics.count() == 4
    assert warning.tags.count() == 7
    assert warning.citations.count() == 9


def test_an_empty_site_gets_all_of_it_by_loading_the_catalogue(empty_site: None) -> None:
    """It takes seconds: the whole starter catalogue is loaded, as on a new site."""
    load(settings.CATALOGUE_DIR, today=TODAY, progress=lambda *_: None)
    made = Warning.objects.get()
    test_it_is_published_with_all_that_belongs_to_it(made)
    report = made.reports.get()
    assert (report.founding, report.status, report.happened_in) == (True, "published", None)
    assert [tool.slug for tool in report.tools.all()] == ["dingtalk"]
    assert report.tactics.count() == 4
    assert made.comments.exclude(voice="").filter(status="published").count() == 9


def test_its_first_version_is_in_the_history(warning: Warning) -> None:
    revision = Revision.objects.get(warning=warning)
    assert (revision.number, revision.body) == (1, warning.body)


def test_its_voices_belong_to_no_account(warning: Warning) -> None:
    assert not Comment.objects.filter(warning=warning, author__isnull=False).exists()


def test_its_page_shows_the_discussion_without_names(warning: Warning, visitor: Client) -> None:
    html = visitor.get(f"/warnings/{SLUG}/").content.decode()
    assert states(html).count("voice") == 9
    assert "seller_03" not in html
    assert "op_seller" not in html
    assert "<strong>The rules come first.</strong>" in html
    assert numbers(html, "tally") == [1]


def test_its_page_leads_to_everything_it_concerns(visitor: Client) -> None:
    links = set(re.findall(r'href="(/[^"#?]+)"', visitor.get(f"/warnings/{SLUG}/").content.decode()))
    assert {"/tools/dingtalk/", "/tactics/pay-docking/", "/marketplaces/fiverr/", "/tags/always-on/"} <= links


@pytest.mark.parametrize("page", ["/", "/warnings/", "/tools/dingtalk/", "/tactics/pay-docking/", "/marketplaces/fiverr/",
                                  "/tags/monitoring/"])  # fmt: skip
def test_it_is_found_from_every_side(page: str, visitor: Client) -> None:
    assert f"/warnings/{SLUG}/" in visitor.get(page).content.decode()


def test_a_new_text_from_the_catalogue_is_a_new_version(warning: Warning) -> None:
    text = {"title": warning.title, "summary": warning.summary, "what_to_do": [], "body": "New *text*."}
    revision = apply_founding_text(warning=warning, text=text, links={})
    assert revision is not None
    warning.refresh_from_db()
    assert (warning.version, warning.body_html) == (2, "<p>New <em>text</em>.</p>")
    assert apply_founding_text(warning=warning, text=text, links={}) is None


def test_a_voice_that_left_the_catalogue_leaves_the_discussion(warning: Warning) -> None:
    set_founding_discussion(warning=warning, replies=[{"voice": "a", "stance": "advice", "body": "Say no."}])
    assert [comment.body for comment in warning.comments.all()] == ["Say no."]
    assert warning.comment_count == 1


def test_an_unchanged_voice_and_its_report_are_left_alone(warning: Warning) -> None:
    before = list(warning.comments.values_list("pk", "body").order_by("pk"))
    replies = [{"voice": c.voice, "stance": c.stance, "body": c.body} for c in warning.comments.order_by("pk")]
    replies[0] = {**replies[0], "body": "Said in other words."}
    set_founding_discussion(warning=warning, replies=replies)
    set_founding_report(warning=warning)
    assert list(warning.comments.values_list("pk", "body").order_by("pk")) == [
        (before[0][0], "Said in other words."),
        *before[1:],
    ]
    assert warning.reports.count() == 1
