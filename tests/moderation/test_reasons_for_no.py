"""Flags, legal notices and appeals that are turned down: each is told the outcome and why."""

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from moderation.actions.appeals import appeal
from moderation.actions.decisions import decide
from moderation.actions.flags import flag
from moderation.choices import NOTIFIER, Act, FlagReason, FlagState
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError
from moderation.models import Case, Decision, Flag
from reports.choices import Status
from reports.models import Warning
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.moderation.test_abuse_of_notices import notice
from tests.pages_under_test import codes, refuses

pytestmark = pytest.mark.django_db

UNSEEN = ["", " \n\t", "\u200b\u2060", "\u3164", "\u00ad\ufeff", "\u2800", "\u202e"]


def flagged_by(person: User | None, warning: Warning) -> Case:
    """The case of a warning that a reader flagged."""
    flag(target=warning, flagger=person, reason=FlagReason.UNTRUE, detail="Not so.")
    return case_of(warning)


def appealed(author: User, moderator: User) -> Case:
    """The case of an author's appeal against a declined report."""
    choice = DecisionInput(Act.DECLINE, reason=reason("unclear"))
    declined = decide(actor=moderator, case=case_of(waiting_report(author=author)), choice=choice)
    return appeal(decision=declined, text="It is clear.", by=author).case


@pytest.mark.parametrize("words", UNSEEN)
def test_nobody_is_turned_down_without_a_reason(
    words: str, warning: Warning, alice: User, bob: User, mona: User, max_: User
) -> None:
    for case, act in (
        (flagged_by(bob, warning), Act.NO_ACTION),
        (notice(warning, 1).case, Act.NO_ACTION),
        (appealed(alice, mona), Act.UPHOLD),
    ):
        with refuses(ActionRefusedError, "reason-missing"):
            decide(actor=max_, case=case, choice=DecisionInput(act, public_reason=words))
        case.refresh_from_db()
        assert case.closed_at is None
    assert Flag.objects.get().state == FlagState.OPEN


def test_showing_a_hidden_post_again_turns_its_flags_down_with_a_reason(
    warning: Warning, bob: User, mona: User
) -> None:
    case = flagged_by(bob, warning)
    Warning.objects.filter(pk=warning.pk).update(status=Status.HIDDEN)
    with refuses(ActionRefusedError, "reason-missing"):
        decide(actor=mona, case=case, choice=DecisionInput(Act.RESTORE))
    made = decide(actor=mona, case=case, choice=DecisionInput(Act.RESTORE, reason=reason("keeps-to-the-rules")))
    assert made.public_reason == reason("keeps-to-the-rules").text


def test_without_a_flag_nobody_waits_for_a_reason(warning: Warning, mona: User) -> None:
    made = decide(actor=mona, case=flagged(warning), choice=DecisionInput(Act.NO_ACTION))
    assert (made.reason, made.public_reason) == (None, "")


def test_words_that_nobody_sees_do_not_replace_the_text_of_a_reason(alice: User, mona: User) -> None:
    given = reason("unclear")
    for words in UNSEEN:
        case = case_of(waiting_report(author=alice))
        choice = DecisionInput(Act.DECLINE, reason=given, public_reason=words)
        assert decide(actor=mona, case=case, choice=choice).public_reason == given.text


@pytest.mark.parametrize("words", UNSEEN)
def test_an_author_is_asked_something_that_can_be_read(words: str, alice: User, mona: User) -> None:
    choice = DecisionInput(Act.REQUEST_CHANGES, question=words, remarks={"body": words})
    with refuses(ActionRefusedError, "question-missing"):
        decide(actor=mona, case=case_of(waiting_report(author=alice)), choice=choice)


def test_the_form_asks_for_the_reason_at_its_field_and_keeps_what_was_typed(warning: Warning, desk: Client) -> None:
    case = notice(warning, 1).case
    answer = desk.post(case.get_absolute_url(), {"act": "keep", "note": "Checked the source."})
    assert answer.status_code == 422
    assert codes(answer.context["form"]) == {"reason": ["reason-missing"]}
    assert answer.context["form"]["note"].value() == "Checked the source."
    assert not Decision.objects.exists()


def test_the_mail_to_the_sender_of_a_notice_says_the_outcome_and_why(
    warning: Warning, mona: User, max_: User
) -> None:
    given, row = reason("not-shown-to-be-illegal"), notice(warning, 1)
    kept = decide(actor=mona, case=row.case, choice=DecisionInput(Act.NO_ACTION, reason=given))
    says = " ".join(mail.outbox[-1].body.split())
    assert given.label in says
    assert given.text in says
    final = reason("decision-was-right")
    second = appeal(decision=kept, text="Read page two.", by=None, role=NOTIFIER).case
    decide(actor=max_, case=second, choice=DecisionInput(Act.UPHOLD, reason=final))
    assert final.text in " ".join(mail.outbox[-1].body.split())
    granted = decide(
        actor=mona, case=notice(warning, 2).case, choice=DecisionInput(Act.UNPUBLISH, reason=reason("illegal"))
    )
    assert granted.get_act_display() in mail.outbox[-1].body
    assert granted.get_act_display() not in says


def test_the_mail_quotes_no_words_of_a_moderator(warning: Warning, mona: User) -> None:
    choice = DecisionInput(Act.NO_ACTION, public_reason="<b>Page two</b> names it.")
    decide(actor=mona, case=notice(warning, 1).case, choice=choice)
    assert "Page two" not in mail.outbox[-1].body
