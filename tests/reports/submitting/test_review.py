"""`manage.py review`: a host without a moderation desk reads and decides."""

import uuid
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from reports.models import Report
from reports.words import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(visitor: Client, filled: dict[str, Any]) -> Report:
    """One that waits."""
    visitor.post("/report/", filled)
    return Report.objects.get(founding=False)


def said(capsys: pytest.CaptureFixture[str], *arguments: str, **options: Any) -> str:
    call_command("review", *arguments, **options)
    return capsys.readouterr().out


def test_what_waits_is_listed_and_shown(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    listed = said(capsys)
    assert str(report.public_id) in listed
    assert "1 waiting." in listed
    shown = said(capsys, str(report.public_id))
    assert report.body in shown
    assert "About: Zorblax Messenger." in shown
    assert "! no proof of work" in shown


def test_a_moderator_publishes(report: Report, mona: User, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Published" in said(capsys, str(report.public_id), publish=True, by="mona")
    report.refresh_from_db()
    assert report.status == Status.PUBLISHED
    with pytest.raises(CommandError, match="cannot go from"):
        call_command("review", str(report.public_id), publish=True, by="Mona")


def test_a_moderator_asks_and_declines(report: Report, mona: User, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Changes asked" in said(capsys, str(report.public_id), ask=["body", "Leave out the shop."], by="Mona")
    report.refresh_from_db()
    assert report.remarks == {"body": "Leave out the shop."}
    assert "Declined" in said(capsys, str(report.public_id), decline="It names somebody.", by="Mona")
    assert report.steps.last().reason == "It names somebody."  # type: ignore[union-attr]


@pytest.mark.parametrize("by", [None, "Nobody", "Heron"])
def test_only_staff_decide(report: Report, heron: User, by: str | None) -> None:
    with pytest.raises(CommandError, match="Say who decides"):
        call_command("review", str(report.public_id), publish=True, by=by)


def test_nobody_decides_on_their_own_report(report: Report, mona: User) -> None:
    Report.objects.filter(pk=report.pk).update(author=mona, tracking_hash=None)
    with pytest.raises(CommandError, match="their own report"):
        call_command("review", str(report.public_id), publish=True, by="Mona")


def test_a_report_that_is_not_there_is_said_to_be_so() -> None:
    with pytest.raises(CommandError, match="no report and no comment with this id"):
        call_command("review", str(uuid.uuid4()))
