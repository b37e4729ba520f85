"""The page of a warning, and the lists that lead there."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from directory.models import Marketplace, Tool
from reports.actions.warnings import rendered
from reports.choices import Outcome, Status
from reports.models import Report, Warning
from tests.factories import NOON, CommentFactory, ReportFactory, UserFactory, WarningFactory
from tests.pages_under_test import numbers, part, states

pytestmark = pytest.mark.django_db


def page(visitor: Client, warning: Warning, query: str = "") -> str:
    response = visitor.get(f"/warnings/{warning.slug}/{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.PUBLISHED, Status.MERGED)])
def test_strangers_do_not_see_what_is_not_published(status: Status, visitor: Client) -> None:
    warning = WarningFactory(status=status)
    assert visitor.get(f"/warnings/{warning.slug}/").status_code == 404
    assert warning.slug not in visitor.get("/warnings/").content.decode()


def test_a_merged_warning_leads_to_the_other(visitor: Client) -> None:
    other = WarningFactory()
    merged = WarningFactory(status=Status.MERGED, merged_into=other)
    response = visitor.get(f"/warnings/{merged.slug}/")
    assert (response.status_code, response["Location"]) == (301, f"/warnings/{other.slug}/")


def test_it_says_who_wrote_it(visitor: Client) -> None:
    named = page(visitor, WarningFactory(author=UserFactory(handle="alice")))
    assert "alice" in part(named, "byline").split()
    assert "anonymous" not in states(named)
    assert states(page(visitor, WarningFactory())) == ["anonymous"]


def test_it_says_that_it_is_contested(visitor: Client) -> None:
    assert "disputed" in states(page(visitor, WarningFactory(disputed=True)))
    assert "disputed" not in states(page(visitor, WarningFactory()))


def test_it_shows_answers_below_what_they_answer(visitor: Client) -> None:
    warning = WarningFactory()
    first = CommentFactory(warning=warning, text="First thought")
    CommentFactory(warning=warning, text="Second thought")
    CommentFactory(warning=warning, parent=first, level=1, text="An answer")
    html = page(visitor, warning)
    assert html.index("First thought") < html.index("An answer") < html.index("Second thought")


def test_it_shows_no_comment_that_waits_for_a_moderator(visitor: Client) -> None:
    warning = WarningFactory()
    CommentFactory(warning=warning, text="Not yet", status=Status.PENDING)
    parent = CommentFactory(warning=warning)
    CommentFactory(warning=warning, parent=parent, level=1, text="Nor this", status=Status.HIDDEN)
    html = page(visitor, warning)
    assert "Not yet" not in html
    assert "Nor this" not in html


def test_a_deleted_comment_keeps_its_place(visitor: Client) -> None:
    comment = CommentFactory(text="", deleted_at=NOON)
    assert "deleted" in states(page(visitor, comment.warning))


def test_long_discussions_come_in_pages(visitor: Client) -> None:
    warning = WarningFactory()
    for number in range(51):
        CommentFactory(warning=warning, text=f"Thought {number:02}")
    first = page(visitor, warning)
    assert "Thought 50" not in first
    [following] = re.findall(r'<a href="([^"]+)" rel="next">', first)
    second = page(visitor, warning, following)
    assert "Thought 50" in second
    [previous] = re.findall(r'<a href="([^"]+)" rel="prev">', second)
    assert "Thought 00" in page(visitor, warning, previous)


def test_it_counts_reports_honestly(visitor: Client) -> None:
    warning, today = WarningFactory(), timezone.localdate()
    fiverr = Marketplace.objects.get(slug="fiverr")
    ReportFactory(warning=warning, happened_in=today.replace(day=1), marketplace=fiverr, outcome=Outcome.LOST_MONEY)
    ReportFactory(warning=warning, happened_in=(today - timedelta(days=400)).replace(day=1))
    ReportFactory(warning=warning, happened_in=None)
    ReportFactory(warning=warning, status=Status.PENDING)
    html = page(visitor, warning)
    assert numbers(html, "tally") == [3, 1, 90, 1]
    assert f": {Outcome.LOST_MONEY.label.lower()}" in html


def test_lists_can_be_narrowed_and_sorted(visitor: Client) -> None:
    zoom = WarningFactory(title="About Zoom", recent_reporters=9)
    zoom.tools.add(Tool.objects.get(slug="zoom"))

    def slugs(query: str) -> list[str]:
        html = visitor.get(f"/warnings/{query}").content.decode()
        return re.findall(r'<h3[^>]*><a href="/warnings/([^/]+)/"', html)

    assert slugs("?tool=zoom") == [zoom.slug]
    assert slugs("?sort=reported")[0] == zoom.slug
    assert slugs("?tool=nonsense") == []


def test_body_and_comment_html_come_from_the_renderer_only(visitor: Client) -> None:
    warning = WarningFactory(
        **rendered("<script>alert(1)</script> **x**", Warning), title="<i>t</i>", summary="<i>s</i>"
    )
    CommentFactory(warning=warning, text="<img src=x onerror=alert(1)>")
    ReportFactory(warning=warning, **rendered("<svg onload=alert(1)>", Report), happened_in=date(2026, 1, 1))
    html = page(visitor, warning)
    for hostile in ("<script>alert", "<i>", "<img", "<svg onload"):
        assert hostile not in html
    assert "<strong>x</strong>" in html


def test_many_reports_come_in_pages_of_their_own(visitor: Client) -> None:
    warning = WarningFactory()
    for month in range(21):
        ReportFactory(warning=warning, happened_in=date(2020 + month // 12, month % 12 + 1, 1))
    html = page(visitor, warning)
    assert "September 2021" in html
    assert "January 2020" not in html
    assert 'href="?reports=2"' in html
    assert "January 2020" in page(visitor, warning, "?reports=2")


def test_reports_without_a_month_come_last(visitor: Client) -> None:
    warning = WarningFactory()
    without = ReportFactory(warning=warning, happened_in=None)
    dated = ReportFactory(warning=warning, happened_in=date(2020, 1, 1))
    html = page(visitor, warning)
    assert html.index(f'id="report-{dated.public_id}"') < html.index(f'id="report-{without.public_id}"')
