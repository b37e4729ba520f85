"""Appeals: once, within six months, decided by somebody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actions.accounts import erase_account
from accounts.choices import TrustLevel
from accounts.models import Notification, User
from directory.models import Connection, Tool
from moderation.actions.appeals import AppealError, appeal
from moderation.actions.decisions import decide, throw_away_sealed, tidy, undo
from moderation.actions.flags import flag
from moderation.choices import FLAGGER, NOTIFIER, Act, AppealState, CaseKind, FlagReason
from moderation.decisions.effects.appeals import FINAL
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError, ConflictOfInterestError
from moderation.models import Appeal, Case, Decision, Flag
from moderation.policies.appeals import waits_for_another
from reports import tracking_codes
from reports.choices import Status
from reports.models import Report, Warning
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.moderation.test_desk import protected
from tests.pages_under_test import elements, links, message_codes, parts, refuses, states, targets
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db

WHY = "It happened to me, and I can show the messages."


@pytest.fixture
def declined(alice: User, mona: User) -> Decision:
    """Mona declined a report of Alice's."""
    report = waiting_report(author=alice)
    return decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("no-first-hand")))


def test_the_person_concerned_reads_the_reasons_and_appeals_on_the_same_page(declined: Decision, alice: User) -> None:
    browser = signed_in(alice)
    answer = browser.get(f"/decisions/{declined.public_id}/")
    page = answer.content.decode()
    given = reason("no-first-hand")
    for words in (given.label, given.rule):
        assert words in page
    assert states(answer) == ["by-hand"]
    assert "appeal" in parts(answer)
    assert "Mona" not in page
    answer = browser.post(f"/decisions/{declined.public_id}/", {"text": WHY}, follow=True)
    assert message_codes(answer) == ["appealed"]
    assert Appeal.objects.get().text == WHY
    assert browser.post(f"/decisions/{declined.public_id}/", {"text": WHY}).status_code == 422


def test_who_decided_does_not_decide_on_the_appeal(declined: Decision, alice: User, mona: User, max_: User) -> None:
    made = appeal(decision=declined, text=WHY, by=alice)
    with refuses(ConflictOfInterestError, "decided-before"):
        decide(actor=mona, case=made.case, choice=DecisionInput(Act.UPHOLD, reason=reason("decision-was-right")))
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.OVERTURN, public_reason="Shown now."))
    made.refresh_from_db()
    report = Report.objects.get(founding=False)
    declined.refresh_from_db()
    assert (made.state, made.decided_by, made.answer) == (AppealState.OVERTURNED, max_, "Shown now.")
    assert report.status == Status.PENDING
    assert declined.undone_by == max_
    assert Notification.objects.filter(recipient=alice, key=f"appeal:{made.public_id}").exists()


@pytest.mark.both_databases
def test_an_appeal_is_right_about_a_decision_that_was_undone_meanwhile(
    declined: Decision, alice: User, mona: User, max_: User
) -> None:
    made = appeal(decision=declined, text=WHY, by=alice)
    undo(actor=mona, decision=declined, note="")
    before = set(Case.objects.values_list("pk", flat=True))
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.OVERTURN, public_reason="It waits again."))
    made.refresh_from_db()
    declined.refresh_from_db()
    assert (made.state, declined.undone_by) == (AppealState.OVERTURNED, mona)
    assert Report.objects.get(founding=False).status == Status.PENDING
    assert set(Case.objects.values_list("pk", flat=True)) == before


def test_no_page_offers_to_undo_a_decision_on_an_appeal(declined: Decision, alice: User, max_: User) -> None:
    made = appeal(decision=declined, text=WHY, by=alice)
    desk = protected(max_)
    answer = desk.post(made.case.get_absolute_url(), {"act": "uphold", "public_reason": "It stands."}, follow=True)
    [message] = elements(answer, data_message="decided")
    assert "undo" not in message.text
    final = made.case.decisions.get()
    page = desk.get(final.get_absolute_url())
    undoing = f"{final.get_absolute_url()}undo/"
    assert undoing not in targets(page)
    [why] = elements(page, data_state="irreversible")
    assert why.text == FINAL
    assert message_codes(desk.post(undoing, {"note": "Wrong."}, follow=True)) == ["appeal-final"]


def test_the_page_of_an_appeal_shows_what_was_decided_why_and_about_what(
    declined: Decision, alice: User, max_: User
) -> None:
    made = appeal(decision=declined, text=WHY, by=alice)
    answer = protected(max_).get(made.case.get_absolute_url())
    for words in (WHY, reason("no-first-hand").label, "It happened."):
        assert words in answer.content.decode()
    assert f"/u/{alice.handle}/" in links(answer)
    assert "no-account" not in states(answer)


def test_a_declared_connection_keeps_somebody_from_the_appeal_too(alice: User, mona: User, max_: User) -> None:
    report = waiting_report(author=alice)
    tool = Tool.objects.get(slug="dingtalk")
    report.tools.add(tool)
    gone = decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    made = appeal(decision=gone, text=WHY, by=alice)
    Connection.objects.create(user=max_, tool=tool, words="Seller")
    with refuses(ConflictOfInterestError, "connected"):
        decide(actor=max_, case=made.case, choice=DecisionInput(Act.UPHOLD, reason=reason("decision-was-right")))
    assert waits_for_another(made)


def test_who_flagged_something_does_not_decide_on_the_appeal_about_it(
    warning: Warning, bob: User, mona: User, max_: User
) -> None:
    for person in (max_, bob):
        flag(target=warning, flagger=person, reason=FlagReason.UNTRUE, detail="Not so.")
    kept = decide(
        actor=mona,
        case=case_of(warning),
        choice=DecisionInput(Act.RESTORE, public_reason="It keeps to the guidelines."),
    )
    made = appeal(decision=kept, text=WHY, by=bob, role=FLAGGER)
    with refuses(ConflictOfInterestError, "flagged"):
        decide(actor=max_, case=made.case, choice=DecisionInput(Act.UPHOLD, reason=reason("decision-was-right")))


def test_an_appeal_of_who_sent_a_notice_is_not_shown_to_the_author(mona: User) -> None:
    code = tracking_codes.code_of(b"secret", "key")
    report = waiting_report()
    Report.objects.filter(pk=report.pk).update(tracking_hash=tracking_codes.hash_of(code))
    gone = decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    Appeal.objects.create(
        decision=gone,
        case=Case.objects.create(kind=CaseKind.APPEAL, key="appeal:notifier", due_at=timezone.now()),
        role=NOTIFIER,
        text="I am the one it names.",
        due_at=timezone.now(),
    )
    assert "I am the one it names" not in Client().get(f"/track/{code}/").content.decode()


def test_an_appeal_that_is_turned_down_leaves_the_decision(declined: Decision, alice: User, max_: User) -> None:
    made = appeal(decision=declined, text=WHY, by=alice)
    final = decide(
        actor=max_,
        case=made.case,
        choice=DecisionInput(Act.UPHOLD, public_reason="There is no account of your own in it."),
    )
    declined.refresh_from_db()
    assert declined.undone_at is None
    with refuses(ActionRefusedError, "appeal-final"):
        undo(actor=max_, decision=final, note="")
    assert (
        "There is no account of your own in it."
        in signed_in(alice).get(f"/decisions/{declined.public_id}/").content.decode()
    )


def test_without_a_second_moderator_an_appeal_says_so_and_waits(declined: Decision, alice: User) -> None:
    made = appeal(decision=declined, text=WHY, by=alice)
    assert waits_for_another(made)
    page = signed_in(alice).get(f"/decisions/{declined.public_id}/")
    assert "no-second-moderator" in states(page)
    User.objects.create(handle="Max", handle_folded="max", trust_level=TrustLevel.MODERATOR)
    assert not waits_for_another(made)


def test_others_cannot_appeal_or_read(declined: Decision, bob: User) -> None:
    with refuses(AppealError, "not-concerned"):
        appeal(decision=declined, text=WHY, by=bob)
    assert signed_in(bob).get(f"/decisions/{declined.public_id}/").status_code == 404
    assert Client().get(f"/decisions/{declined.public_id}/").status_code == 302


def test_an_appeal_is_possible_for_six_months(declined: Decision, alice: User) -> None:
    Decision.objects.filter(pk=declined.pk).update(at=timezone.now() - timedelta(days=182))
    assert appeal(decision=declined, text=WHY, by=alice)
    Appeal.objects.all().delete()
    Decision.objects.filter(pk=declined.pk).update(at=timezone.now() - timedelta(days=184))
    with refuses(AppealError, "too-late"):
        appeal(decision=declined, text=WHY, by=alice)


def test_there_is_nothing_to_appeal_against_an_approval_or_what_was_undone(alice: User, mona: User) -> None:
    report = waiting_report(author=alice)
    approved = decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.PUBLISH))
    with refuses(AppealError, "nothing-to-appeal"):
        appeal(decision=approved, text=WHY, by=alice)
    other = waiting_report(author=alice)
    gone = decide(actor=mona, case=case_of(other), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    undo(actor=mona, decision=gone, note="")
    with refuses(AppealError, "undone"):
        appeal(decision=gone, text=WHY, by=alice)


def test_a_decision_on_an_appeal_cannot_be_appealed(declined: Decision, alice: User, max_: User) -> None:
    made = appeal(decision=declined, text=WHY, by=alice)
    final = decide(actor=max_, case=made.case, choice=DecisionInput(Act.UPHOLD, reason=reason("decision-was-right")))
    with pytest.raises(AppealError, match="final"):
        appeal(decision=final, text=WHY, by=alice)


def test_without_an_account_the_tracking_page_tells_the_reasons_and_takes_the_appeal(mona: User, max_: User) -> None:
    code = tracking_codes.code_of(b"secret", "key")
    report = waiting_report()
    Report.objects.filter(pk=report.pk).update(tracking_hash=tracking_codes.hash_of(code))
    report.refresh_from_db()
    decision = decide(
        actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("personal-data"))
    )
    page = Client().get(f"/track/{code}/")
    assert reason("personal-data").label in page.content.decode()
    assert "appeal" in parts(page)
    Client().post(f"/track/{code}/decisions/{decision.public_id}/", {"text": WHY})
    [made] = Appeal.objects.all()
    assert (made.by, made.decision) == (None, decision)
    Client().post(f"/track/{code}/decisions/{decision.public_id}/", {"text": WHY})
    assert Appeal.objects.count() == 1
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.OVERTURN, public_reason="You are right."))
    report.refresh_from_db()
    assert report.status == Status.PENDING


def test_with_an_account_the_page_of_the_report_leads_to_the_decision(declined: Decision, alice: User) -> None:
    report = alice.reports.get()
    page = signed_in(alice).get(f"/accounts/reports/{report.public_id}/").content.decode()
    assert reason("no-first-hand").label in page
    assert f'href="/decisions/{declined.public_id}/"' in page


def test_a_stranger_with_another_code_cannot_appeal(mona: User) -> None:
    report, other = waiting_report(), waiting_report()
    codes = [tracking_codes.code_of(b"secret", key) for key in ("one", "two")]
    for row, code in zip((report, other), codes, strict=True):
        Report.objects.filter(pk=row.pk).update(tracking_hash=tracking_codes.hash_of(code))
    decision = decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    answer = Client().post(f"/track/{codes[1]}/decisions/{decision.public_id}/", {"text": WHY})
    assert answer.status_code == 404
    assert not Appeal.objects.exists()


def test_with_the_account_its_appeals_lose_name_and_text_and_wait_no_more(declined: Decision, alice: User) -> None:
    appeal(decision=declined, text=WHY, by=alice)
    erase_account(actor=alice)
    [made] = Appeal.objects.all()
    assert (made.by, made.text) == (None, "")
    assert not Case.objects.open().filter(kind=CaseKind.APPEAL).exists()


def test_an_appeal_is_right_even_where_the_decision_cannot_be_undone_any_more(
    warning: Warning, alice: User, mona: User, max_: User
) -> None:
    warning.summary = "Hello Peter Name"
    warning.save()
    choice = DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=("Peter Name",))
    redacted = decide(actor=mona, case=flagged(warning), choice=choice)
    assert tidy(now=timezone.now() + timedelta(days=8)) == 1
    made = appeal(decision=redacted, text=WHY, by=alice)
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.OVERTURN, public_reason="You are right."))
    made.refresh_from_db()
    assert made.state == AppealState.OVERTURNED
    waits = case_of(warning)
    assert str(redacted) in waits.hints[0]["hint"]
    page = protected(max_).get(waits.get_absolute_url())
    [hints] = elements(page, "ul", class_="hints")
    assert str(redacted) in hints.text


def test_what_an_appeal_may_bring_back_is_kept_while_it_waits(warning: Warning, alice: User, mona: User) -> None:
    warning.summary = "Hello Peter Name"
    warning.save()
    choice = DecisionInput(Act.REDACT, reason=reason("personal-data"), passages=("Peter Name",))
    redacted = decide(actor=mona, case=flagged(warning), choice=choice)
    appeal(decision=redacted, text=WHY, by=alice)
    assert tidy(now=timezone.now() + timedelta(days=8)) == 0
    with refuses(ActionRefusedError, "appeal-waits"):
        throw_away_sealed(actor=mona, decision=redacted)
    address = f"{redacted.get_absolute_url()}throw-away/"
    answer = protected(mona).post(address)
    assert answer.status_code == 409
    assert answer.headers["Cache-Control"] == "no-store"
    assert message_codes(answer) == ["appeal-waits"]
    assert address in targets(answer)
    redacted.refresh_from_db()
    assert redacted.sealed


def test_pictures_of_a_declined_report_stay_while_an_appeal_waits(declined: Decision, alice: User) -> None:
    report = alice.reports.get()
    appeal(decision=declined, text=WHY, by=alice)
    report.refresh_from_db()
    assert report.held_until is not None
    assert report.held_until > timezone.localdate() + timedelta(days=30)


@pytest.mark.parametrize("act", [Act.UPHOLD, Act.OVERTURN])
def test_who_flagged_reads_the_outcome_of_their_appeal_on_the_page_of_the_flag(
    warning: Warning, bob: User, mona: User, max_: User, act: Act
) -> None:
    raised = flag(target=warning, flagger=bob, reason=FlagReason.UNTRUE, detail="")
    kept = decide(
        actor=mona,
        case=case_of(warning),
        choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
    )
    made = appeal(decision=kept, text=WHY, by=bob, role=FLAGGER)
    decide(actor=max_, case=made.case, choice=DecisionInput(act, public_reason="This is the answer."))
    notice = Notification.objects.get(recipient=bob, key=f"appeal:{made.public_id}")
    page = signed_in(bob).get(notice.address)
    assert (page.status_code, notice.address) == (200, f"/flags/{raised.public_id}/")
    assert "This is the answer." in page.content.decode()


def test_a_flag_raised_again_meanwhile_is_the_one_that_waits(warning: Warning, bob: User, mona: User) -> None:
    flag(target=warning, flagger=bob, reason=FlagReason.UNTRUE, detail="first")
    kept = decide(
        actor=mona,
        case=case_of(warning),
        choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
    )
    flag(target=warning, flagger=bob, reason=FlagReason.UNTRUE, detail="again")
    undo(actor=mona, decision=kept, note="")
    assert [row.detail for row in Flag.objects.open()] == ["again"]
