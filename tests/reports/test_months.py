"""The months to choose begin with the one that has begun somewhere, since nobody's month may be missing."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.test import Client
from django.utils import timezone as clock

from reports.forms.report import SubmissionForm
from reports.months import first_zone_day, month_choices
from tests.pages_under_test import elements


@pytest.mark.parametrize(
    ("now", "month"),
    [
        (datetime(2026, 11, 30, 9, 59, tzinfo=UTC), "2026-11"),
        (datetime(2026, 11, 30, 10, 0, tzinfo=UTC), "2026-12"),
        (datetime(2026, 12, 31, 12, 0, tzinfo=UTC), "2027-01"),
        (datetime(2028, 2, 29, 23, 59, tzinfo=UTC), "2028-03"),
        (datetime(2026, 11, 30, 23, 0, tzinfo=timezone(timedelta(hours=-11))), "2026-12"),
        (datetime(2026, 12, 1, 0, 0, tzinfo=timezone(timedelta(hours=14))), "2026-12"),
    ],
)
def test_the_first_month_is_the_one_that_has_begun_somewhere(now: datetime, month: str) -> None:
    assert month_choices(first_zone_day(now))[0][0] == month


@pytest.mark.django_db
def test_the_form_offers_and_takes_it(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 30, 12, tzinfo=UTC))
    assert "happened_in" not in SubmissionForm({"happened_in": "2026-12"}).errors
    assert "happened_in" in SubmissionForm({"happened_in": "2027-01"}).errors
    [offered] = elements(visitor.get("/report/"), "select", name="happened_in")
    assert "2026-12" in [one.attributes.get("value") for one in offered.everything()]
