"""Misuse of legal notices: turned down, then warned, then made to wait; with reasons, an appeal and a way back."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from moderation.actions.decisions import decide, undo
from moderation.actions.legal_notices import send_notice
from moderation.choices import Act, CaseKind
from moderation.decisions.effects import abuse_of_notices
from moderation.decisions.effects.abuse_of_notices import KEPT_AFTER_DECISION
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError
from moderation.forms.cases import DecisionForm
from moderation.models import Appeal, Case, Decision, LegalNotice
from moderation.queue.case_page import case_page
from moderation.transparency import log
from reports.models import Warning
from tests.moderation.making import reason
from tests.pages_under_test import elements, part
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db

ELLA = "ella@example.org"


def notice(warning: Warning, number: int, **changes: str) -> LegalNotice:
    fields = {
        "url": f"/warnings/{warning.slug}/",
        "ground": "defamation",
        "explanation": f"I do not like it, for reason number {number}.",
        "law": "",
        "name": "Ella Example",
        "email": ELLA,
    }
    return send_notice(submission_key=f"key-{number}", fields=fields | changes)


def decided(row: LegalNotice, actor: User, act: Act, days: int = 0) -> Decision:
    named = reason("manifestly-unfounded" if act in abuse_of_notices.UNFOUNDED else "not-shown-to-be-illegal")
    return decide(actor=actor, case=row.case, choice=DecisionInput(act, reason=named, days=days))


def warned(warning: Warning, actor: User) -> Decision:
    """Somebody whose third notice without ground brought a warning."""
    for number in range(2):
        decided(notice(warning, number), actor, Act.UNFOUNDED)
    return decided(notice(warning, 2), actor, Act.WARN_NOTIFIER)


def paused(warning: Warning, actor: User, days: int = 90) -> Decision:
    warned(warning, actor)
    return decided(notice(warning, 3), actor, Act.PAUSE_NOTIFIER, days)


def acts_on(row: LegalNotice) -> set[str]:
    case = Case.objects.get(pk=row.case.pk)
    return {value for value, _ in DecisionForm(case).fields["act"].choices}  # type: ignore[attr-defined]


def test_a_warning_is_possible_after_two_without_ground_and_a_pause_after_the_warning(
    warning: Warning, mona: User
) -> None:
    first = notice(warning, 0)
    assert acts_on(first).isdisjoint({Act.WARN_NOTIFIER, Act.PAUSE_NOTIFIER})
    decided(first, mona, Act.UNFOUNDED)
    decided(notice(warning, 1), mona, Act.UNFOUNDED)
    third, fourth = notice(warning, 2), notice(warning, 3)
    assert Act.WARN_NOTIFIER in acts_on(third)
    assert Act.PAUSE_NOTIFIER not in acts_on(third)
    decided(third, mona, Act.WARN_NOTIFIER)
    # The fourth was sent before the warning, so that nobody could have heeded it.
    assert Act.PAUSE_NOTIFIER not in acts_on(fourth)
    with pytest.raises(ActionRefusedError):
        decided(fourth, mona, Act.PAUSE_NOTIFIER, 30)
    fifth = notice(warning, 4)
    assert Act.PAUSE_NOTIFIER in acts_on(fifth)
    assert Act.WARN_NOTIFIER not in acts_on(fifth)


def test_notices_that_were_merely_wrong_bring_no_warning(warning: Warning, mona: User) -> None:
    for number in range(5):
        decided(notice(warning, number), mona, Act.NO_ACTION)
    assert Act.WARN_NOTIFIER not in acts_on(notice(warning, 9))


def test_the_warning_and_the_pause_go_by_mail_with_reasons(warning: Warning, mona: User, letters: list[str]) -> None:
    warned(warning, mona)
    body = mail.outbox[-1].body
    assert letters[-1] == "outcome"
    assert reason("manifestly-unfounded").text in " ".join(body.split())
    decided(notice(warning, 3), mona, Act.PAUSE_NOTIFIER, 90)
    until = timezone.now() + timedelta(days=90)
    assert letters[-1] == "outcome"
    assert f"{until:%-d %B %Y}" in mail.outbox[-1].body
    assert f"{until:%-d %B %Y}" not in body


def test_what_waits_is_there_and_due_after_the_pause_but_abuse_never_waits(
    warning: Warning, mona: User, letters: list[str]
) -> None:
    paused(warning, mona)
    row = notice(warning, 4, email="ELLA@example.org")
    assert row.case.due_at > timezone.now() + timedelta(days=89)
    assert letters[-1] == "receipt"
    until = abuse_of_notices.sender_history(ELLA).paused_until
    assert until is not None
    assert f"{until:%-d %B %Y, %H:%M}" in mail.outbox[-1].body
    for other in (notice(warning, 5, ground="abuse"), notice(warning, 6, email="somebody@example.org")):
        assert other.case.due_at == other.due_at


def test_the_receipt_page_does_not_tell_whoever_types_the_address_of_somebody_else(
    warning: Warning, mona: User
) -> None:
    paused(warning, mona)
    pages = []
    for email in (ELLA, "else@example.org"):
        fields = {
            "url": f"/warnings/{warning.slug}/",
            "ground": "other",
            "explanation": "The second paragraph is not true and the source does not say so.",
            "name": "Somebody",
            "email": email,
            "good_faith": "on",
        }
        answer = Client().post("/notice/", fields, follow=True)
        [arrived] = elements(answer, "p", class_="success")
        until = [one.attributes["datetime"] for one in arrived.everything() if one.name == "time"][1]
        pages.append(until.split("T")[0])
    assert pages[0] == pages[1]


def test_a_notice_that_waited_already_waits_with_the_others_and_none_of_abuse(warning: Warning, mona: User) -> None:
    warned(warning, mona)
    waiting, abuse, last = notice(warning, 3), notice(warning, 4, ground="abuse"), notice(warning, 5)
    decided(last, mona, Act.PAUSE_NOTIFIER, 30)
    for row, waits in ((waiting, True), (abuse, False)):
        row.case.refresh_from_db()
        assert (row.case.due_at > row.due_at) is waits


def test_undone_the_pause_is_over_and_what_waited_is_due(warning: Warning, mona: User, letters: list[str]) -> None:
    decision = paused(warning, mona)
    row = notice(warning, 4)
    undo(actor=mona, decision=decision, note="Too hard.")
    row.case.refresh_from_db()
    assert row.case.due_at == row.due_at
    assert not abuse_of_notices.sender_history(ELLA).is_paused(timezone.now())
    assert letters[-1] == "reopened"
    later = notice(warning, 5)
    assert later.case.due_at == later.due_at


def test_undoing_one_of_two_pauses_leaves_the_other(warning: Warning, mona: User) -> None:
    first = paused(warning, mona, days=10)
    second = decided(notice(warning, 4), mona, Act.PAUSE_NOTIFIER, 100)
    row = notice(warning, 5)
    undo(actor=mona, decision=first, note="")
    row.case.refresh_from_db()
    assert row.case.due_at > timezone.now() + timedelta(days=99)
    undo(actor=mona, decision=second, note="")
    row.case.refresh_from_db()
    assert row.case.due_at == row.due_at


def test_an_undone_warning_allows_no_pause(warning: Warning, mona: User) -> None:
    decision = warned(warning, mona)
    undo(actor=mona, decision=decision, note="")
    row = notice(warning, 3)
    assert Act.PAUSE_NOTIFIER not in acts_on(row)
    assert Act.WARN_NOTIFIER in acts_on(row)


def test_somebody_else_decides_on_the_appeal_and_ends_the_pause(warning: Warning, mona: User, max_: User) -> None:
    warned(warning, mona)
    fields = {
        "url": f"/warnings/{warning.slug}/",
        "ground": "other",
        "explanation": "The second paragraph is not true and the source does not say so.",
        "name": "Ella",
        "email": ELLA,
        "good_faith": "on",
    }
    receipt = Client().post("/notice/", fields).headers["Location"]
    decided(LegalNotice.objects.latest("pk"), mona, Act.PAUSE_NOTIFIER, 60)
    until = abuse_of_notices.sender_history(ELLA).paused_until
    assert until is not None
    assert part(Client().get(receipt), "paused-until") == f"{until:%Y-%m-%d}"
    Client().post(receipt, {"text": "Each of them named a passage."})
    [made] = Appeal.objects.all()
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.OVERTURN, public_reason="You are right."))
    assert not abuse_of_notices.sender_history(ELLA).is_paused(timezone.now())


@pytest.mark.parametrize("days", [0, 181, 3_650])
def test_a_pause_has_an_end_within_half_a_year(warning: Warning, mona: User, days: int) -> None:
    with pytest.raises(ActionRefusedError, match="180"):
        paused(warning, mona, days)
    assert not Decision.objects.filter(act=Act.PAUSE_NOTIFIER).exists()


def test_without_a_reason_nothing_is_found_to_be_without_ground(warning: Warning, mona: User) -> None:
    with pytest.raises(ActionRefusedError, match="reason"):
        decide(actor=mona, case=notice(warning, 0).case, choice=DecisionInput(Act.UNFOUNDED))


def test_nobody_is_warned_without_an_address_or_for_a_notice_of_abuse(warning: Warning, mona: User) -> None:
    for number in range(3):
        decided(notice(warning, number), mona, Act.UNFOUNDED)
    for changes in ({"ground": "abuse", "email": "", "name": ""}, {"ground": "abuse"}):
        assert Act.WARN_NOTIFIER not in acts_on(notice(warning, 10 + len(changes), **changes))


def test_moderators_read_what_became_of_the_others_and_it_is_forgotten_with_the_address(
    warning: Warning, mona: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    paused(warning, mona)
    decided(notice(warning, 7), mona, Act.NO_ACTION)
    case = Case.objects.get(pk=notice(warning, 8).case.pk)
    [hint] = case_page(case)["hints"]
    known = abuse_of_notices.sender_history(ELLA, but=case.notice)
    assert (known.decided, known.left, known.unfounded) == (5, 5, 4)
    assert known.warned is not None
    assert known.is_paused(timezone.now())
    assert hint == abuse_of_notices.record_of(case.notice, timezone.now())
    Decision.objects.update(at=timezone.now() - KEPT_AFTER_DECISION - timedelta(days=1))
    assert abuse_of_notices.sender_history(ELLA) == abuse_of_notices.Standing()


def test_the_whole_way_at_the_desk(warning: Warning, mona: User) -> None:
    Authenticator.objects.create(user=mona, type=Authenticator.Type.TOTP, data={"secret": "x"})
    warned(warning, mona)
    row = notice(warning, 3)
    desk = signed_in(mona)
    address = f"/moderation/cases/{row.case.public_id}/"
    page = desk.get(address).content.decode()
    assert 'data-for="suspend pause-notifier"' in page
    fields: dict[str, Any] = {"act": "pause-notifier", "reason": "manifestly-unfounded", "days": "365"}
    refused = desk.post(address, fields)
    assert refused.context["problem"].code == "days-missing"
    assert refused.context["problem"] in refused.content.decode()
    assert str(abuse_of_notices.LONGEST_PAUSE_DAYS) in refused.context["problem"]
    assert desk.post(address, fields | {"days": "45"}).status_code == 302
    assert Case.objects.open().filter(kind=CaseKind.NOTICE).count() == 0
    assert log.figures()[0].pauses == 1
    assert part(Client().get("/transparency/"), "paused") == "1"
