"""Authors learn what became of their report: on the site, and by mail where they want it."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from reports.actions import submissions
from reports.choices import Status
from reports.models import Report
from tests.pages_under_test import fields, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def reachable(heron: User) -> User:
    """Somebody whose address is confirmed."""
    EmailAddress.objects.create(user=heron, email="heron@example.org", verified=True, primary=True)
    User.objects.filter(pk=heron.pk).update(email="heron@example.org")
    return heron


def test_news_is_shown_until_it_is_read(member: Client, heron: User, filled: dict[str, Any], mona: User) -> None:
    member.post("/report/", filled)
    assert "news" not in states(member.get("/accounts/"))
    report = Report.objects.get(author=heron)
    submissions.decide(actor=mona, report=report, status=Status.DECLINED, reason="Not ours.")
    assert "news" in states(member.get("/accounts/"))
    assert "new" in states(member.get("/accounts/reports/"))
    member.get(f"/accounts/reports/{report.public_id}/")
    assert "news" not in states(member.get("/accounts/"))


def test_mail_goes_to_who_asked_for_it_and_tells_nothing(
    member: Client, reachable: User, filled: dict[str, Any], mona: User
) -> None:
    assert "notify" in fields(member.get("/report/"))
    member.post("/report/", filled | {"notify": "on"})
    report = Report.objects.get(author=reachable)
    submissions.request_changes(actor=mona, report=report, remarks={"body": "Leave out the shop."})
    [message] = mail.outbox
    assert message.to == ["heron@example.org"]
    assert f"/accounts/reports/{report.public_id}/" in message.body
    assert filled["title"] not in message.body
    assert "shop" not in message.body


def test_a_locked_screen_shows_nothing_of_a_report(
    member: Client, reachable: User, filled: dict[str, Any], mona: User
) -> None:
    member.post("/report/", filled | {"notify": "on"})
    report = Report.objects.get(author=reachable)
    submissions.request_changes(actor=mona, report=report, remarks={"body": "Leave out the shop."})
    assert mail.outbox[0].subject == "[Forewarned] News about your report"


def test_no_mail_without_being_asked_or_without_a_confirmed_address(
    member: Client, heron: User, filled: dict[str, Any], mona: User
) -> None:
    member.post("/report/", filled | {"notify": "on"})
    report = Report.objects.get(author=heron)
    submissions.decide(actor=mona, report=report, status=Status.PUBLISHED, reason="true")
    assert mail.outbox == []


def test_a_form_without_its_token_gives_the_text_back(filled: dict[str, Any]) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/report/", filled)
    assert answer.status_code == 403
    assert filled["body"] in answer.content.decode()
    token = answer.cookies["__Host-csrftoken"].value
    assert len(token) == 32
    assert strict.post("/track/", {"code": "x"}).status_code == 403
