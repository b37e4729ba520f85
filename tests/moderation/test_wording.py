"""Sentences of moderation that carry a rule: what the law wants to be told, and numbers with their plurals."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from moderation.actions.flags import flag
from moderation.choices import FlagReason
from moderation.decisions.effects import abuse_of_notices
from moderation.models import Case
from reports.models import Warning
from tests.factories import UserFactory
from tests.moderation.making import case_of, waiting_report
from tests.moderation.test_abuse_of_notices import notice, paused, warned
from tests.moderation.test_notify import decline, reachable

__all__ = ["reachable"]

pytestmark = pytest.mark.django_db


def in_mail() -> str:
    """The text of the last mail on one line."""
    return " ".join(str(mail.outbox[-1].body).split())


def test_the_statement_of_reasons_says_who_decided_and_where_one_can_turn(reachable: User, mona: User) -> None:
    decline(waiting_report(author=reachable), mona)
    assert "Automation: a person decided; the software only ordered the cases and showed hints." in in_mail()
    assert "You can also go to a body for out-of-court settlement, or to a court." in in_mail()


def test_the_statement_of_what_a_rule_did_says_so(reachable: User, warning: Warning) -> None:
    for _ in range(2):
        flag(target=warning, flagger=UserFactory(trust_level="trusted"), reason=FlagReason.UNTRUE, detail="")
    assert "Automation: a rule of the software did this; a moderator looks at it." in in_mail()


def test_who_sends_notices_without_ground_is_warned_with_the_number_of_the_others(
    warning: Warning, mona: User
) -> None:
    warned(warning, mona)
    assert "So were 2 others from this address within half a year. This is a warning: if another" in in_mail()


def test_whose_notices_wait_is_told_until_when(warning: Warning, mona: User) -> None:
    paused(warning, mona)
    until = timezone.now() + timedelta(days=90)
    assert f"Notices from this address wait now until {until:%-d %B %Y}" in in_mail()
    assert "appeal if you disagree" in in_mail()
    notice(warning, 4)
    assert "We had told you that notices from this address wait for now" in in_mail()


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (abuse_of_notices.Standing(1, 1), "1 earlier notice decided, 1 of them without anything being done"),
        (abuse_of_notices.Standing(3, 2), "3 earlier notices decided, 2 of them without anything being done"),
        (
            abuse_of_notices.Standing(5, 5, 4),
            "5 earlier notices decided, 5 of them without anything being done, 4 of these manifestly without ground",
        ),
    ],
)
def test_what_became_of_earlier_notices_is_counted(
    standing: abuse_of_notices.Standing, words: str, warning: Warning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(abuse_of_notices, "sender_history", lambda email, but: standing)
    assert abuse_of_notices.record_of(notice(warning, 1), timezone.now()) == f"From the same address: {words}"


@pytest.mark.parametrize(
    ("late", "words"),
    [
        ([True], "1 case waits, longer than it should."),
        ([True, True], "2 cases wait, longer than they should."),
        ([True, False], "2 cases wait, 1 of them longer than it should."),
    ],
)
def test_the_queue_counts_what_waits_too_long(late: list[bool], words: str, desk: Client) -> None:
    for is_late in late:
        case = case_of(waiting_report())
        Case.objects.filter(pk=case.pk).update(due_at=timezone.now() + timedelta(hours=-3 if is_late else 3))
    assert words in desk.get("/moderation/").content.decode()


def test_the_public_reads_the_limits_of_moderation(client: Client, settings: Any) -> None:
    guidelines = " ".join(client.get("/about/guidelines/").content.decode().split())
    assert f"for {abuse_of_notices.LONGEST_PAUSE_DAYS} days at most" in guidelines
    assert "without the proof of work" in guidelines
    assert "Readers are not counted" in client.get("/transparency/").content.decode()
