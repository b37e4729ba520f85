"""What a moderator typed comes back when it is not stored, whatever the reason."""

import pytest
from django.test import Client

from accounts.models import User
from moderation.actions.decisions import decide, undo
from moderation.choices import Act
from moderation.decisions.input import DecisionInput
from moderation.models import Decision
from reports.choices import Status
from reports.models import Report
from tests.moderation.making import case_of, reason, waiting_report
from tests.pages_under_test import elements

pytestmark = pytest.mark.django_db

TYPED = "Too fast:\nthere <b>was</b> a source & 😀"


@pytest.fixture
def decision(alice: User, mona: User) -> Decision:
    case = case_of(waiting_report(author=alice))
    return decide(actor=mona, case=case, choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))


def note_in(answer: object) -> str:
    return next(one.text for one in elements(answer, "textarea") if one.attributes.get("name") == "note")


def changed(decision: Decision, max_: User) -> None:
    """Its report changed since."""
    Report.objects.filter(decisions=decision).update(status=Status.WITHDRAWN)


def undone(decision: Decision, max_: User) -> None:
    """Another moderator was faster."""
    undo(actor=max_, decision=decision, note="Before.")


@pytest.mark.parametrize("meanwhile", [changed, undone])
def test_a_note_on_an_undo_that_is_refused_comes_back(
    desk: Client, decision: Decision, max_: User, meanwhile: object
) -> None:
    meanwhile(decision, max_)  # type: ignore[operator]
    answer = desk.post(f"{decision.get_absolute_url()}undo/", {"note": TYPED})
    assert answer.status_code == 409
    assert note_in(answer) == " ".join(TYPED.split())


def test_a_note_that_is_too_long_comes_back_whole(desk: Client, decision: Decision) -> None:
    answer = desk.post(f"{decision.get_absolute_url()}undo/", {"note": "x" * 2_001})
    assert answer.status_code == 422
    assert note_in(answer) == "x" * 2_001


def test_when_the_session_ended_reason_and_note_come_back(desk: Client, alice: User, decision: Decision) -> None:
    case = case_of(waiting_report(author=alice))
    desk.logout()
    typed = {"act": "decline", "reason": "unclear", "public_reason": TYPED, "note": "For colleagues."}
    answers = [
        desk.post(case.get_absolute_url(), typed),
        desk.post(f"{decision.get_absolute_url()}undo/", {"note": TYPED}),
    ]
    for answer in answers:
        assert answer.status_code == 403
        assert "there &lt;b&gt;was&lt;/b&gt; a source" in answer.content.decode()
    assert "For colleagues." in answers[0].content.decode()
