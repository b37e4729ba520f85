"""A report that waits is corrected by its author: each field, the pictures, and nothing that is not theirs."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from reports import evidence_tokens
from reports import hints as report_hints
from reports.actions import submissions
from reports.choices import Status
from reports.hints import hint
from reports.models import Evidence, Report, Warning
from reports.personal_data.kinds import Kind
from tests.common.images import hostile
from tests.factories import WarningFactory
from tests.pages_under_test import acts, elements, fields

pytestmark = pytest.mark.django_db

FOUNDING = "stay-away-from-a-buyer-who-asks-you-to-use-dingtalk"
PERSONAL = hint(report_hints.PERSONAL, kinds=[Kind.EMAIL])


@pytest.fixture
def report(member: Client, heron: User, filled: dict[str, Any]) -> Report:
    """One that waits, with the warning that began with it."""
    member.post("/report/", filled)
    return Report.objects.get(author=heron)


def page_of(report: Report) -> str:
    """Where its author follows it."""
    return f"/accounts/reports/{report.public_id}/"


def test_tools_tactics_and_tags_are_there_and_change_the_warning_that_began_with_it(
    member: Client, report: Report, filled: dict[str, Any]
) -> None:
    form = member.get(page_of(report)).context["correction"]
    assert form.initial["tools"] == "Zorblax Messenger"
    new = filled | {
        "act": "correct",
        "tools": "DingTalk, Quorblax",
        "tactics": ["off-platform-contact"],
        "tags": "night calls",
        "marketplace": "upwork",
    }
    assert member.post(page_of(report), new).status_code == 302
    report.refresh_from_db()
    assert [tool.slug for tool in report.tools.all()] == ["dingtalk"]
    assert report.proposed_tool == "Quorblax"
    warning = report.warning
    assert [tool.slug for tool in warning.tools.all()] == ["dingtalk"]
    assert [tactic.slug for tactic in report.tactics.all()] == ["off-platform-contact"]
    assert [tactic.slug for tactic in warning.tactics.all()] == ["off-platform-contact"]
    assert [place.slug for place in warning.marketplaces.all()] == ["upwork"]
    assert [tagged.tag.name for tagged in warning.tagged.all()] == ["night calls"]
    again = member.get(page_of(report)).context["correction"]
    assert (again.initial["tools"], again.initial["tags"]) == ("DingTalk, Quorblax", "night calls")


def test_one_tap_is_corrected_and_answered_without_title_and_text(member: Client, heron: User) -> None:
    member.post(f"/warnings/{FOUNDING}/happened/", {})
    report = Report.objects.get(author=heron)
    html = member.get(page_of(report)).content.decode()
    assert 'name="title"' not in html
    assert 'name="tags"' not in html
    answer = member.post(page_of(report), {"act": "correct", "happened_in": "2026-05", "title": "Mine"})
    assert answer.status_code == 302
    report.refresh_from_db()
    assert (str(report.happened_in), report.body) == ("2026-05-01", "")
    assert report.warning.title != "Mine"


def test_who_joined_a_warning_changes_its_report_only(member: Client, heron: User, filled: dict[str, Any]) -> None:
    long = WarningFactory(title="x" * 200)
    member.post("/report/", filled | {"joins": long.slug})
    report = Report.objects.get(author=heron)
    new = {"act": "correct", "tools": "DingTalk", "tags": "mine", "body": "Short.", "outcome": "refused"}
    assert member.post(page_of(report), new).status_code == 302
    report.refresh_from_db()
    assert report.body == "Short."
    assert not long.tools.exists()
    assert not long.tagged.exists()
    assert Warning.objects.get(pk=long.pk).title == "x" * 200


def test_the_report_that_a_warning_began_with_needs_its_title_and_text(
    member: Client, report: Report, filled: dict[str, Any]
) -> None:
    answer = member.post(page_of(report), filled | {"act": "correct", "title": "", "body": ""})
    assert answer.status_code == 422
    assert {"title", "body"} == set(answer.context["correction"].errors)


def test_what_looks_personal_is_asked_about_once_more_and_told_to_moderators(
    member: Client, report: Report, filled: dict[str, Any]
) -> None:
    new = filled | {"act": "correct", "body": f"{filled['body']} Write to j.miller@example.com."}
    asked = member.post(page_of(report), new)
    assert asked.status_code == 422
    assert '<mark title="e-mail address">j.miller@example.com</mark>' in asked.content.decode()
    report.refresh_from_db()
    assert "j.miller" not in report.body
    masked = member.post(page_of(report), new | {"act": "mask"})
    assert "Write to [e-mail]." in masked.content.decode()
    assert member.post(page_of(report), new | {"keep": "1"}).status_code == 302
    report.refresh_from_db()
    assert PERSONAL in report.hints
    member.post(page_of(report), filled | {"act": "correct"})
    report.refresh_from_db()
    assert report.hints == []


def test_pictures_are_added_described_and_removed(
    member: Client, report: Report, filled: dict[str, Any], png: bytes, django_capture_on_commit_callbacks: Any
) -> None:
    attach = filled | {"act": "attach", "body": "not finished", "pictures": [SimpleUploadedFile("a.png", png)]}
    answer = member.post(page_of(report), attach)
    assert answer.status_code == 200
    assert "not finished" in answer.content.decode()
    picture = Evidence.objects.get(report=report)
    assert str(picture.public_id) in answer.content.decode()
    report.refresh_from_db()
    assert report.hints == [hint(report_hints.NOT_BLURRED)]
    described = {f"alt-{picture.public_id}": "Ask j.miller@example.com"}
    asked = member.post(page_of(report), filled | described | {"act": "correct"})
    assert "j.miller@example.com</mark>" in asked.content.decode()
    masked = member.post(page_of(report), filled | described | {"act": "mask"})
    assert "Ask [e-mail]" in masked.content.decode()
    member.post(page_of(report), filled | {f"alt-{picture.public_id}": "A chat", "act": "correct"})
    picture.refresh_from_db()
    assert picture.alt_text == "A chat"
    blurred = SimpleUploadedFile("b.png", hostile.saved(hostile.picture(size=(30, 30)), "PNG"))
    member.post(page_of(report), filled | {"replaces": str(picture.public_id), "pictures": [blurred]})
    report.refresh_from_db()
    assert report.hints == []
    broken = filled | {"act": "correct", "pictures": [SimpleUploadedFile("c.png", b"MZ")]}
    refused = member.post(page_of(report), broken)
    assert [problem.code for problem in refused.context["problems"]] == ["not-taken"]
    assert refused.context["problems"][0].startswith("c.png: ")
    assert refused.context["problems"][0] in refused.content.decode()
    member.post(page_of(report), filled | {"act": "remove-nonsense"})
    assert Evidence.objects.filter(report=report).count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        member.post(page_of(report), filled | {"act": f"remove-{picture.public_id}"})
    assert not Evidence.objects.exists()


def test_who_has_the_code_sees_the_pictures_of_the_report(
    visitor: Client, filled: dict[str, Any], png: bytes, code_of: Any
) -> None:
    code = code_of(visitor, filled | {"pictures": [SimpleUploadedFile("a.png", png)]})
    elsewhere, address = Client(), f"/evidence/{Evidence.objects.get().public_id}/"
    [image] = elements(elsewhere.get(f"/track/{code}/"), "img", width=str(Evidence.objects.get().width))
    source = image.attributes["src"]
    # The address of a picture gets into logs; that of a code must not.
    assert code not in source
    seen = elsewhere.get(source)
    assert (seen.status_code, seen["Cache-Control"]) == (200, "no-store")
    others = evidence_tokens.token_for(uuid.uuid4())
    for wrong in ("", "?token=", f"?token={others}", "?token=%00", f"?token={code}", f"?code={code}"):
        assert elsewhere.get(f"{address}{wrong}").status_code == 404, wrong
    assert elsewhere.get(f"{source}x").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(seconds=evidence_tokens.VALID_FOR + 2)):
        assert elsewhere.get(source).status_code == 404


def test_pictures_of_what_was_decided_stay(
    member: Client, report: Report, filled: dict[str, Any], png: bytes, mona: User
) -> None:
    member.post(page_of(report), filled | {"act": "attach", "pictures": [SimpleUploadedFile("a.png", png)]})
    picture = Evidence.objects.get()
    submissions.decide(actor=mona, report=report, status=Status.PUBLISHED, reason="true")
    assert member.post(page_of(report), filled | {"act": f"remove-{picture.public_id}"}).status_code == 409
    other = SimpleUploadedFile("b.png", hostile.saved(hostile.picture(size=(30, 30)), "PNG"))
    assert member.post(page_of(report), filled | {"act": "attach", "pictures": [other]}).status_code == 409
    assert Evidence.objects.get() == picture


def test_an_answer_goes_to_the_moderators_alone_and_the_report_waits_again(
    member: Client, report: Report, mona: User
) -> None:
    submissions.request_changes(actor=mona, report=report, remarks={}, question="Which month was it?")
    assert "words" in fields(member.get(page_of(report)))
    assert member.post(page_of(report), {"act": "answer", "words": " "}).status_code == 422
    personal = {"act": "answer", "words": "It was May, ask j.miller@example.com."}
    asked = member.post(page_of(report), personal)
    assert asked.status_code == 422
    assert "j.miller@example.com</mark>" in asked.content.decode()
    masked = member.post(page_of(report), personal | {"act": "mask-answer"})
    assert "ask [e-mail]." in masked.content.decode()
    assert member.post(page_of(report), personal | {"keep": "1"}).status_code == 302
    report.refresh_from_db()
    assert (report.status, report.warning.status) == (Status.PENDING, Status.PENDING)
    assert [message.body for message in report.messages.all()][1:] == [personal["words"]]
    expected = hint(report_hints.IN_ANSWER, kinds=[Kind.EMAIL])
    assert report.hints == [expected]


def test_too_many_changes_have_to_wait_and_lose_nothing(
    member: Client, report: Report, filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("common.http.rate_limits.most", lambda limit: 0)
    answer = member.post(page_of(report), filled | {"act": "correct", "title": "Typed just now"})
    assert answer.status_code == 429
    assert "Typed just now" in answer.content.decode()


def test_the_warning_of_a_trusted_member_is_not_theirs_to_change_once_it_is_shown(
    member: Client, heron: User, filled: dict[str, Any]
) -> None:
    User.objects.filter(pk=heron.pk).update(trust_level=TrustLevel.TRUSTED)
    member.post("/report/", filled)
    report = Report.objects.get(author=heron)
    assert not report.carries_its_warning
    assert "correct" not in acts(member.get(page_of(report)))
