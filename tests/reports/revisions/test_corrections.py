"""A report's author corrects or takes back what was public once: its versions follow."""

from typing import Any

import pytest

from accounts.models import User
from reports.actions import submissions
from reports.actions.status import change_status
from reports.actions.warnings import rendered
from reports.choices import Outcome, Status
from reports.models import Report, Warning
from tests.factories import WarningFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(heron: User) -> Report:
    """A report of Heron's that was published with its warning, and sent back afterwards."""
    warning = WarningFactory(status=Status.PENDING, published_at=None, author=heron)
    row = Report.objects.create(warning=warning, author=heron, **rendered("What happened to me.", Report))
    for status in (Status.PUBLISHED, Status.UNPUBLISHED, Status.PENDING):
        for post in (warning, row):
            change_status(actor="Mona", post=post, status=status, reason="x")
    return row


def test_a_correction_is_a_version(report: Report) -> None:
    fields: dict[str, Any] = {
        "title": "Corrected",
        "body": "Now it is right, as it happened.",
        "marketplace": None,
        "happened_in": None,
        "tools": ([], ""),
        "tactics": [],
        "tags": [],
    }
    submissions.correct(report=report, fields=fields | {"outcome": Outcome.REFUSED, "amount": None, "currency": ""})
    warning = Warning.objects.get(pk=report.warning.pk)
    assert warning.version == 2
    assert [row.title for row in warning.revisions.order_by("number")][1:] == ["Corrected"]


def test_what_is_taken_back_is_in_no_version(report: Report) -> None:
    submissions.withdraw(report=report)
    for row in report.warning.revisions.all():
        assert (row.title, row.summary, row.body, row.what_to_do) == ("", "", "", [])
        assert row.redacted_at
