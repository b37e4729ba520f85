"""A form whose report was sent already: the same is the same report, and anything else comes back and says so."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from reports.actions.submissions import SentAlreadyError, submit, withdraw
from reports.models import Draft, Evidence, Report
from tests.pages_under_test import elements, states
from tests.reports.submissions.test_sent_again import sent
from tests.services.processes import in_turn

pytestmark = pytest.mark.django_db

RACE = """
import sys, uuid
from django.db import IntegrityError
from reports.actions import submissions
fields = {"tools": ([], "Zorblax"), "joins": None, "notify": False, "marketplace": None, "happened_in": None, "title": "One",
          "body": sys.argv[1], "outcome": "refused", "amount": None, "currency": "", "tactics": [], "tags": []}
arguments = {"author": None, "submission_key": uuid.UUID(int=1), "tracking_hash": "h", "fields": fields, "hints": []}
ready_and_wait()
try:
    try:
        submissions.submit(**arguments, draft=None)
    except IntegrityError:
        submissions.submit(**arguments, draft=None)
    print("stored")
except submissions.SentAlreadyError:
    print("told")
"""
BODIES = "from reports.models import Report; print(*Report.objects.values_list('body', flat=True))"
OTHER = {
    "text": {"body": "Later they also asked for my **bank** login, which <b>nobody</b> needs to know 😀 to pay me."},
    "one letter": {
        "body": "They asked me to install the app before anything was ordered, and then read every message."
    },
    "line": {"title": "Made to install another one"},
    "name": {"tools": "Blorpchat"},
    "tags": {"tags": "my own tag"},
    "month": {"happened_in": ""},
    "amount": {"outcome": "lost-money", "amount": "12.50", "currency": "EUR"},
}


def fields_in(answer: Any) -> dict[str, str]:
    found = {one.attributes.get("name", ""): one.attributes.get("value", "") for one in elements(answer, "input")}
    return found | {one.attributes["name"]: one.text for one in elements(answer, "textarea")}


@pytest.mark.parametrize("changed", OTHER.values(), ids=OTHER)
def test_other_content_comes_back_and_can_be_sent_as_another(
    member: Client, filled: dict[str, Any], changed: dict[str, str]
) -> None:
    first = member.post("/report/", filled | {"looked": "1"})
    again = member.post("/report/", filled | {"looked": "1"})
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    answer = member.post("/report/", filled | {"looked": "1"} | changed)
    assert (answer.status_code, "sent-already" in states(answer), sent()) == (409, True, 1)
    shown = fields_in(answer)
    for name in changed.keys() & {"title", "tools", "tags", "amount"}:
        assert shown[name] == changed[name]
    assert shown["body"] == changed.get("body", filled["body"])
    assert shown["draft"] != filled["draft"]
    another = filled | changed | {"draft": shown["draft"], "version": shown["version"], "looked": "1", "again": "1"}
    assert [member.post("/report/", another).status_code for _ in range(2)] == [302, 302]
    assert sent() == 2
    assert not Draft.objects.exists()


def test_whoever_sent_it_sees_the_first_and_can_replace_its_text(browser: Client, filled: dict[str, Any]) -> None:
    browser.post("/report/", filled | {"looked": "1"})
    answer = browser.post("/report/", filled | OTHER["text"])
    [button] = [one for one in elements(answer, "button") if "formaction" in one.attributes]
    assert browser.get(button.attributes["formaction"]).status_code == 200
    typed = filled | OTHER["text"] | {"draft": fields_in(answer)["draft"], "act": "correct"}
    assert browser.post(button.attributes["formaction"], typed).status_code == 302
    assert Report.objects.get(founding=False).body == OTHER["text"]["body"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize("act", ["save", "attach", "preview", "mask", "leave"])
def test_no_button_loses_text_or_pictures(browser: Client, filled: dict[str, Any], png: bytes, act: str) -> None:
    browser.post("/report/", filled | {"looked": "1"})
    form = filled | OTHER["text"] | {"act": act, "pictures": SimpleUploadedFile("a.png", png, "image/png")}
    answer = browser.post("/report/", form)
    assert (answer.status_code, "sent-already" in states(answer)) == (409, True)
    assert fields_in(answer)["body"] == OTHER["text"]["body"]
    draft = Draft.objects.get(public_id=fields_in(answer)["draft"])
    assert draft.fields["body"] == [OTHER["text"]["body"]]
    assert draft.evidence.count() == 1


def test_another_picture_is_kept_and_the_same_one_is_the_same_report(
    browser: Client, filled: dict[str, Any], png: bytes
) -> None:
    def send(*pictures: bytes) -> Any:
        files = [SimpleUploadedFile("a.png", content, "image/png") for content in pictures]
        return browser.post("/report/", filled | {"looked": "1", "pictures": files})

    assert [send(png).status_code for _ in range(2)] == [302, 302]
    assert Evidence.objects.filter(report__isnull=False).count() == 1
    answer = send(png, png + b"x")
    assert (answer.status_code, "sent-already" in states(answer)) == (409, True)
    assert Evidence.objects.filter(draft__public_id=fields_in(answer)["draft"]).exists()


def test_a_choice_that_would_not_count_is_not_thanked_for(member: Client, filled: dict[str, Any]) -> None:
    member.post("/report/", filled | {"looked": "1", "unnamed": "no"})
    for form in (filled, filled | {"draft": str(uuid.uuid4())}):
        answer = member.post("/report/", form | {"looked": "1", "unnamed": "yes"})
        assert (answer.status_code, "sent-already" in states(answer)) == (409, True)
    assert sent() == 1


def test_others_learn_that_it_was_sent_and_no_more(heron: User, filled: dict[str, Any]) -> None:
    Client().post("/report/", filled | {"looked": "1"})
    answer = Client().post("/report/", filled | OTHER["text"])
    assert (answer.status_code, "sent-already" in states(answer)) == (409, True)
    assert not [one for one in elements(answer, "button") if "formaction" in one.attributes]


def test_what_was_withdrawn_is_not_sent_again_without_a_word(member: Client, filled: dict[str, Any]) -> None:
    member.post("/report/", filled | {"looked": "1"})
    withdraw(report=Report.objects.get(founding=False))
    assert member.post("/report/", filled | {"looked": "1"}).status_code == 409


def test_other_text_of_another_tab_at_the_same_moment_comes_back(
    browser: Client, filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def submit_slowly(**arguments: Any) -> Report:
        monkeypatch.setattr("reports.views.report_input.submit", submit)
        assert browser.post("/report/", filled | {"looked": "1", "version": "1"}).status_code == 302
        return submit(**arguments)

    browser.post("/report/draft/", {"title": "Another"})
    monkeypatch.setattr("reports.views.report_input.submit", submit_slowly)
    answer = browser.post("/report/", filled | OTHER["text"] | {"looked": "1"})
    assert (answer.status_code, "sent-already" in states(answer)) == (409, True)
    assert fields_in(answer)["body"] == OTHER["text"]["body"]
    another = (
        filled | OTHER["text"] | {"draft": fields_in(answer)["draft"], "version": "9", "looked": "1", "again": "1"}
    )
    assert (browser.post("/report/", another).status_code, sent()) == (302, 2)


def test_processes_with_other_texts_are_told(bare_site: dict[str, str]) -> None:
    answers, [bodies] = in_turn(bare_site, [(RACE, "one"), (RACE, "two")], [(BODIES,)])
    assert sorted(out.strip() for out in answers) == ["stored", "told"]
    assert bodies.strip() in {"one", "two"}


def test_it_is_the_action_that_tells_them_apart(heron: User) -> None:
    fields: dict[str, Any] = {
        **{"tools": ([], "Zorblax"), "joins": None, "notify": False, "marketplace": None, "happened_in": None},
        **{"title": "One", "body": "One text.", "outcome": "refused", "amount": None, "currency": ""},
        **{"tactics": [], "tags": []},
    }
    arguments: dict[str, Any] = {"author": heron, "submission_key": uuid.uuid4(), "tracking_hash": None, "hints": []}
    first = submit(**arguments, fields=fields, draft=None)
    assert submit(**arguments, fields=fields, draft=None) == first
    with pytest.raises(SentAlreadyError):
        submit(**arguments, fields=fields | {"body": "Another."}, draft=None)
