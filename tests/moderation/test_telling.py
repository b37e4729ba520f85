"""Statements of reasons reach whoever is concerned: on the site always, by mail where there is an address."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from accounts.models import Notice, NoticeSettings, User
from accounts.noticing import digests
from accounts.words import Digest, NoticeKind
from moderation.appealing.actions import appeal
from moderation.deciding.actions import decide, undo
from moderation.deciding.choices import Choice
from moderation.models import Decision
from moderation.words import Act
from tests.moderation.making import case_of, reason, waiting_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def reachable(alice: User) -> User:
    """Alice, who confirmed an address."""
    EmailAddress.objects.create(user=alice, email="alice@example.com", verified=True, primary=True)
    return alice


def decline(report: Any, mona: User) -> Decision:
    return decide(
        actor=mona, case=case_of(report), choice=Choice(Act.DECLINE, reason=reason("unclear"), told="Marker.")
    )


def test_the_statement_is_mailed_without_the_text_it_is_about(reachable: User, mona: User) -> None:
    decision = decline(waiting_report(author=reachable, title="A title with a name"), mona)
    [message] = mail.outbox
    assert message.to == ["alice@example.com"]
    for words in (decision.reason.label, decision.get_absolute_url(), "a person decided", "out-of-court"):  # type: ignore[union-attr]
        assert words in message.body
    assert "A title with a name" not in message.body
    assert "Marker." not in message.body


def test_the_next_digest_does_not_repeat_it(reachable: User, mona: User) -> None:
    chosen = NoticeSettings.objects.create(user=reachable, digest=Digest.DAILY, muted=[NoticeKind.TRUST])
    decline(waiting_report(author=reachable), mona)
    mail.outbox.clear()
    assert digests.send(key=chosen.pk, now=timezone.now()) is False


def test_one_decision_is_one_notice(alice: User, mona: User) -> None:
    decision = decline(waiting_report(author=alice), mona)
    about = Notice.objects.filter(recipient=alice).exclude(kind=NoticeKind.TRUST)
    assert about.get().key == f"decision:{decision.public_id}"


@pytest.mark.parametrize("verified", [True, False])
def test_who_wants_no_such_mail_or_confirmed_no_address_is_told_on_the_site(
    alice: User, mona: User, verified: bool
) -> None:
    EmailAddress.objects.create(user=alice, email="alice@example.com", verified=verified, primary=True)
    NoticeSettings.objects.create(user=alice, not_mailed=[NoticeKind.DECISION] if verified else [])
    decline(waiting_report(author=alice), mona)
    assert mail.outbox == []
    assert Notice.objects.filter(recipient=alice, kind=NoticeKind.DECISION).exists()


def test_who_gets_mail_on_the_report_anyway_gets_no_second_one(reachable: User, mona: User) -> None:
    report = waiting_report(author=reachable)
    report.notify = True
    report.save()
    decline(report, mona)
    assert "A decision and its reasons" not in [message.subject for message in mail.outbox]
    assert len(mail.outbox) == 1


def test_nobody_mutes_decisions_by_mistake(alice: User, mona: User, max_: User) -> None:
    NoticeSettings.objects.create(user=alice, muted=list(NoticeKind.values))
    decision = decline(waiting_report(author=alice), mona)
    made = appeal(decision=decision, text="It is clear.", by=alice)
    decide(actor=max_, case=made.case, choice=Choice(Act.UPHOLD))
    keys = set(Notice.objects.filter(recipient=alice).values_list("key", flat=True))
    assert keys == {f"decision:{decision.public_id}", f"appeal:{made.public_id}"}


def test_that_a_decision_was_undone_is_told(alice: User, mona: User) -> None:
    decision = decline(waiting_report(author=alice), mona)
    undo(actor=mona, decision=decision, note="It was clear.")
    assert "was undone" in Notice.objects.get(recipient=alice, kind=NoticeKind.DECISION).text
