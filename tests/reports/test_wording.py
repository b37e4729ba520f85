"""Sentences about reports that carry a rule: who sees whose it is, numbers with their plurals, and how long it takes or stays."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import TrustLevel
from reports import review_time_estimate
from reports.models import Report
from tests.factories import CommentFactory, ReportFactory, UserFactory, WarningFactory
from tests.reports.conftest import signed_in
from tests.reports.submissions.conftest import filled

__all__ = ["filled"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0.5, "less than an hour"), (1, "about 1 hour"), (30, "about 30 hours"), (72, "about 3 days")],
)
def test_a_wait_in_words(hours: float, words: str) -> None:
    assert review_time_estimate._in_words(hours) == words


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ([None], "1 report, without a date."),
        ([date(2020, 1, 1)] * 2, "2 reports, none from the last 90 days."),
        ([date(2020, 1, 1), timezone.localdate().replace(day=1)], "2 reports, 1 of them from the last 90 days."),
    ],
)
def test_reports_are_counted_in_a_sentence(months: list[date | None], words: str, visitor: Client) -> None:
    warning = WarningFactory()
    for month in months:
        ReportFactory(warning=warning, happened_in=month)
    assert words in visitor.get(warning.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 warnings, 0 reports, 0 comments"), (1, "1 warning, 1 report, 1 comment")]
)
def test_a_profile_counts_in_a_sentence(count: int, words: str, visitor: Client) -> None:
    user = UserFactory(handle="Heron")
    for _ in range(count):
        ReportFactory(author=user, warning=WarningFactory(author=user))
        CommentFactory(author=user)
    assert words in visitor.get("/u/Heron/").content.decode()


def test_without_an_account_the_form_says_who_sees_what(visitor: Client) -> None:
    said = "Nobody sees who you are, and a moderator reads everything before it is shown."
    assert said in visitor.get("/report/").content.decode()


def test_the_page_with_the_code_says_how_long_this_browser_can_show_it(
    visitor: Client, filled: dict[str, Any]
) -> None:
    page = visitor.get(visitor.post("/report/", filled)["Location"]).content.decode()
    assert "for 30 days after the form for a report was last opened here, or until you forget it." in page


def test_who_shows_or_hides_the_handle_is_told_that_others_may_have_seen_it(filled: dict[str, Any]) -> None:
    user = UserFactory(handle="Heron", trust_level=TrustLevel.TRUSTED)
    browser = signed_in(user)
    browser.post("/report/", filled | {"unnamed": "on"})
    page = f"/accounts/reports/{Report.objects.get(author=user).public_id}/"
    assert "but others may have seen it by then" in browser.get(page).content.decode()
    browser.post(page, {"act": "name"})
    answer = browser.post(page, {"act": "unname"}, follow=True).content.decode()
    assert "Others may have seen it before." in answer
