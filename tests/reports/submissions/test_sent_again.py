"""What is sent again after the Back button, with a new key and the same content, makes nothing twice."""

import uuid
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from moderation.models import Flag, LegalNotice, Statement
from reports.actions.comments import delete_comment
from reports.actions.submissions import submit, withdraw
from reports.models import Comment, Draft, Message, Report
from tests.factories import ReportFactory, WarningFactory
from tests.pages_under_test import states

pytestmark = pytest.mark.django_db


def sent() -> int:
    return Report.objects.filter(founding=False).count()


def again(filled: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """The form as the Back button shows it: a new key, the fields as they were typed."""
    return filled | {"draft": str(uuid.uuid4()), "looked": "1"} | changed


def test_the_same_report_is_the_same_report(browser: Client, filled: dict[str, Any]) -> None:
    first = browser.post("/report/", filled | {"looked": "1"})
    second = browser.post("/report/", again(filled))
    assert second.status_code == 302
    assert second["Location"].partition("?")[0] == first["Location"].partition("?")[0]
    assert browser.get(second["Location"]).status_code == 200
    assert sent() == 1
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"body": "They asked me to install the app before anything was ordered. They read every message. Beware."},
        {"title": "Another line for the same story"},
        {"tools": "Zorblax"},
        {"marketplace": "upwork", "happened_in": ""},
    ],
)
def test_one_that_was_changed_is_asked_about(
    browser: Client, filled: dict[str, Any], changed: dict[str, str]
) -> None:
    browser.post("/report/", filled | {"looked": "1"})
    asked = browser.post("/report/", again(filled, **changed))
    assert (asked.status_code, "sent-alike" in states(asked)) == (422, True)
    assert sent() == 1
    browser.post("/report/", again(filled, again="1", **changed))
    assert sent() == 2


def test_line_ends_and_spaces_make_no_other_report(browser: Client, filled: dict[str, Any]) -> None:
    body = "First line of what happened to me there.\nSecond line of it, which is long enough."
    browser.post("/report/", filled | {"looked": "1", "body": body})
    browser.post("/report/", again(filled, body=body.replace("\n", "\r\n") + " "))
    assert sent() == 1


def test_others_may_send_the_same(filled: dict[str, Any]) -> None:
    for _ in range(2):
        Client().post("/report/", again(filled))
    assert sent() == 2


def test_a_report_that_was_withdrawn_can_be_sent_again(member: Client, filled: dict[str, Any]) -> None:
    member.post("/report/", filled | {"looked": "1"})
    withdraw(report=Report.objects.get(founding=False))
    assert member.post("/report/", again(filled)).status_code == 302
    assert sent() == 2


def test_two_tabs_at_the_same_moment_make_one_report(
    browser: Client, filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    tabs = [again(filled), again(filled)]

    def submit_slowly(**arguments: Any) -> Report:
        monkeypatch.setattr("reports.views.report_input.submit", submit)
        assert browser.post("/report/", tabs[1]).status_code == 302
        return submit(**arguments)

    monkeypatch.setattr("reports.views.report_input.submit", submit_slowly)
    # Without an account, the browser has its cookie since it opened the form.
    browser.post("/report/draft/", {"title": "Another"})
    assert browser.post("/report/", tabs[0]).status_code == 302
    assert sent() == 1


def test_the_same_comment_is_the_same_comment(member: Client, heron: User) -> None:
    warning, other = WarningFactory(), WarningFactory()
    for target in (warning, warning, other):
        member.post(f"/warnings/{target.slug}/comments/", {"body": "I agree with it.", "key": str(uuid.uuid4())})
    assert [row.warning for row in Comment.objects.filter(author=heron).order_by("pk")] == [warning, other]
    delete_comment(actor=heron, comment=Comment.objects.get(warning=warning))
    member.post(f"/warnings/{warning.slug}/comments/", {"body": "I agree with it."})
    assert Comment.objects.filter(warning=warning, author=heron, deleted_at=None).count() == 1


def test_the_same_notice_has_one_receipt() -> None:
    warning = WarningFactory()
    notice = {
        "url": f"{settings.PUBLIC_URL}/warnings/{warning.slug}/",
        "ground": "privacy",
        "explanation": "It names me and says where I live, which nobody needs to know to be warned.",
        "name": "Anna",
        "email": "anna@example.org",
        "good_faith": "on",
    }
    first, second = (Client().post("/notice/", notice | {"key": str(uuid.uuid4())}) for _ in range(2))
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    other = Client().post("/notice/", notice | {"email": "bert@example.org"})
    assert other["Location"] != first["Location"]
    assert LegalNotice.objects.count() == 2


def test_the_same_flag_without_an_account_is_one_flag() -> None:
    warning = WarningFactory()
    for detail in ("It is wrong.", "It is wrong.", "It is also old."):
        Client().post(f"/flag/warning/{warning.slug}/", {"reason": "untrue", "detail": detail})
    assert Flag.objects.count() == 2


def test_the_same_answer_is_stored_once(member: Client, heron: User) -> None:
    report = ReportFactory(author=heron, status="pending", published_at=None, warning__status="pending")
    for words in ("It was in May.", "It was in May.", "No, in June."):
        member.post(f"/accounts/reports/{report.public_id}/", {"act": "answer", "words": words})
    assert list(Message.objects.values_list("body", flat=True)) == ["It was in May.", "No, in June."]


def test_the_same_statement_is_one_statement() -> None:
    said = {"speaker": "The team", "domain": "dingtalk.com", "email": "", "body": "We see it another way."}
    first, second = (Client().post("/tools/dingtalk/statement/", said) for _ in range(2))
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert Statement.objects.count() == 1


def test_a_first_form_that_is_sent_twice_at_once_is_one_report_with_one_code(
    filled: dict[str, Any], visitor: Client
) -> None:
    """The second click leaves before the first answer with its cookies is there."""
    visitor.get("/report/?new")
    from_the_form = {name: cookie.value for name, cookie in visitor.cookies.items()}
    answers = []
    for _ in range(3):
        clicked = Client()
        clicked.cookies.load(from_the_form)
        answers.append(clicked.post("/report/", filled | {"looked": "1"}))
        assert clicked.get(answers[-1]["Location"]).status_code == 200
    assert len({answer["Location"] for answer in answers}) == 1
    assert sent() == 1
