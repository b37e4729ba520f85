"""Deadlines of cases say what people were told, and a case that opens again has its whole time again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from moderation.actions.appeals import appeal
from moderation.actions.cases import refresh_case
from moderation.actions.decisions import decide, undo
from moderation.actions.flags import flag
from moderation.choices import FLAGGER, NOTIFIER, Act, CaseKind, FlagReason
from moderation.decisions.input import DecisionInput
from moderation.models import Case, Decision, LegalNotice
from moderation.priority import HOURS
from reports.models import Warning
from tests.moderation.making import case_of, reason, waiting_report
from tests.moderation.test_abuse_of_notices import notice, paused
from tests.pages_under_test import elements

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LONG_AGO = timedelta(days=60)


def hours_left(case: Case) -> int:
    """The hours until a case is due, rounded."""
    case.refresh_from_db()
    return round((case.due_at - timezone.now()) / timedelta(hours=1))


def age(case: Case) -> None:
    """Let a case, its notice and its decisions lie far in the past."""
    then = timezone.now() - LONG_AGO
    Case.objects.filter(pk=case.pk).update(opened_at=then, due_at=then)
    LegalNotice.objects.filter(case=case).update(due_at=then)
    Decision.objects.filter(case=case).update(at=then)


def test_a_new_notice_is_first_and_not_overdue(warning: Warning, desk: Client) -> None:
    late = case_of(waiting_report())
    age(late)
    row = notice(warning, 1)
    assert row.case.due_at == row.due_at
    assert hours_left(row.case) == 48
    page = desk.get("/moderation/")
    assert [case.pk for case in page.context["listing"].items] == [row.case.pk, late.pk]
    assert len(elements(page, "li", class_="late")) == 1
    assert desk.get("/moderation/?show=late&kind=notice").context["listing"].items == []
    next_one = desk.post("/moderation/next/", follow=True)
    assert next_one.redirect_chain[-1][0] == row.case.get_absolute_url()


def test_a_notice_that_waits_for_a_pause_is_first_when_the_pause_ends(warning: Warning, mona: User) -> None:
    paused(warning, mona, days=10)
    other, waits = case_of(waiting_report()), notice(warning, 7).case
    assert hours_left(waits) == 12 * 24
    now = timezone.now()
    order = Case.objects.open().filter(pk__in=[other.pk, waits.pk])
    assert list(order.most_urgent_first(now)) == [other, waits]
    assert list(order.most_urgent_first(now + timedelta(days=10, minutes=1))) == [waits, other]


def test_pages_of_the_queue_meet_without_a_gap_behind_the_notices(
    warning: Warning, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moderation.views.cases.CASES_ON_A_PAGE", 1)
    expected = [notice(warning, 1).case, notice(warning, 2).case, case_of(waiting_report())]
    found, address = [], "/moderation/"
    for _ in expected:
        listing = desk.get(address).context["listing"]
        found += listing.items
        address = f"/moderation/{listing.following.address}" if listing.following else ""
    assert found == expected
    assert desk.get("/moderation/?after=WyJ4Il0").status_code == 404


def test_after_an_appeal_was_right_the_sender_of_a_notice_is_told_the_new_deadline(
    warning: Warning, mona: User, max_: User
) -> None:
    row = notice(warning, 1)
    kept = decide(
        actor=mona, case=row.case, choice=DecisionInput(Act.NO_ACTION, reason=reason("not-shown-to-be-illegal"))
    )
    age(row.case)
    second = appeal(decision=kept, text="Read page two.", by=None, role=NOTIFIER).case
    decide(actor=max_, case=second, choice=DecisionInput(Act.OVERTURN))
    row.refresh_from_db()
    assert hours_left(row.case) == HOURS[CaseKind.NOTICE]
    assert row.due_at == row.case.due_at
    [text] = [
        letter.body for letter in mail.outbox if f"{row.due_at:%H:%M} UTC" in letter.body and "undone" in letter.body
    ]
    assert f"{row.due_at:%-d %B %Y}" in text


def test_after_an_appeal_a_report_has_its_whole_time_again_and_keeps_it(alice: User, mona: User, max_: User) -> None:
    report = waiting_report(author=alice)
    case = case_of(report)
    declined = decide(actor=mona, case=case, choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    age(case)
    second = appeal(decision=declined, text="It is clear.", by=alice).case
    decide(actor=max_, case=second, choice=DecisionInput(Act.OVERTURN))
    assert hours_left(case) == HOURS[CaseKind.REPORT]
    report.refresh_from_db()
    refresh_case(target=report)
    assert hours_left(case) == HOURS[CaseKind.REPORT]


def test_after_an_appeal_of_a_flagger_the_flags_have_their_time_again(
    warning: Warning, bob: User, mona: User, max_: User
) -> None:
    flag(target=warning, flagger=bob, reason=FlagReason.UNTRUE, detail="Not so.")
    case = case_of(warning)
    before = hours_left(case)
    kept = decide(actor=mona, case=case, choice=DecisionInput(Act.NO_ACTION, reason=reason("keeps-to-the-rules")))
    age(case)
    second = appeal(decision=kept, text="Look again.", by=bob, role=FLAGGER).case
    decide(actor=max_, case=second, choice=DecisionInput(Act.OVERTURN))
    assert hours_left(case) == before


def test_a_case_that_a_moderator_opens_again_is_not_overdue(alice: User, mona: User) -> None:
    case = case_of(waiting_report(author=alice))
    declined = decide(actor=mona, case=case, choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    age(case)
    undo(actor=mona, decision=declined, note="Too fast.")
    assert hours_left(case) == HOURS[CaseKind.REPORT]
