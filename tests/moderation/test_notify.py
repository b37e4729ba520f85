"""Statements of reasons reach whoever is concerned: on the site always, by mail where there is an address."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import digests
from accounts.choices import Digest, NotificationKind, TrustLevel
from accounts.models import Notification, NotificationSettings, User
from audit.models import Entry
from moderation.actions.appeals import appeal
from moderation.actions.decisions import decide, undo
from moderation.actions.flags import flag
from moderation.choices import Act, FlagReason
from moderation.decisions.input import DecisionInput
from moderation.decisions.log import problems
from moderation.decisions.notify import UNDONE, WORDS
from moderation.models import Decision
from reports import tracking_codes
from reports.actions.votes import cast_vote
from reports.choices import AlarmKind
from reports.models import Vote, Warning
from tests.factories import AlarmFactory, ReportFactory, UserFactory, WarningFactory
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.pages_under_test import parts, states
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def reachable(alice: User) -> User:
    """Alice, who confirmed an address."""
    EmailAddress.objects.create(user=alice, email="alice@example.com", verified=True, primary=True)
    return alice


def decline(report: Any, mona: User) -> Decision:
    return decide(
        actor=mona,
        case=case_of(report),
        choice=DecisionInput(Act.DECLINE, reason=reason("unclear"), public_reason="Marker."),
    )


def test_the_statement_is_mailed_without_the_text_it_is_about(
    reachable: User, mona: User, letters: list[str]
) -> None:
    decision = decline(waiting_report(author=reachable, title="A title with a name"), mona)
    [message] = mail.outbox
    assert message.to == ["alice@example.com"]
    assert letters == ["decision"]
    for words in (decision.reason.label, decision.get_absolute_url()):  # type: ignore[union-attr]
        assert words in message.body
    assert "A title with a name" not in message.body
    assert "Marker." not in message.body


def test_the_next_digest_does_not_repeat_it(reachable: User, mona: User) -> None:
    chosen = NotificationSettings.objects.create(user=reachable, digest=Digest.DAILY, muted=[NotificationKind.TRUST])
    decline(waiting_report(author=reachable), mona)
    mail.outbox.clear()
    assert digests.send(key=chosen.pk, now=timezone.now()) is False


def test_one_decision_is_one_notice(alice: User, mona: User) -> None:
    decision = decline(waiting_report(author=alice), mona)
    about = Notification.objects.filter(recipient=alice).exclude(kind=NotificationKind.TRUST)
    assert about.get().key == f"decision:{decision.public_id}"


@pytest.mark.parametrize("verified", [True, False])
def test_who_wants_no_such_mail_or_confirmed_no_address_is_told_on_the_site(
    alice: User, mona: User, verified: bool
) -> None:
    EmailAddress.objects.create(user=alice, email="alice@example.com", verified=verified, primary=True)
    NotificationSettings.objects.create(user=alice, not_mailed=[NotificationKind.DECISION] if verified else [])
    decline(waiting_report(author=alice), mona)
    assert mail.outbox == []
    assert Notification.objects.filter(recipient=alice, kind=NotificationKind.DECISION).exists()


def test_who_gets_mail_on_the_report_anyway_gets_no_second_one(
    reachable: User, mona: User, letters: list[str]
) -> None:
    report = waiting_report(author=reachable)
    report.notify = True
    report.save()
    decline(report, mona)
    assert letters == ["news"]
    assert len(mail.outbox) == 1


def test_nobody_mutes_decisions_by_mistake(alice: User, mona: User, max_: User) -> None:
    NotificationSettings.objects.create(user=alice, muted=list(NotificationKind.values))
    decision = decline(waiting_report(author=alice), mona)
    made = appeal(decision=decision, text="It is clear.", by=alice)
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.UPHOLD, reason=reason("decision-was-right")))
    keys = set(Notification.objects.filter(recipient=alice).values_list("key", flat=True))
    assert keys == {f"decision:{decision.public_id}", f"appeal:{made.public_id}"}


def test_that_a_decision_was_undone_is_told(alice: User, mona: User) -> None:
    decision = decline(waiting_report(author=alice), mona)
    undo(actor=mona, decision=decision, note="It was clear.")
    assert UNDONE in Notification.objects.get(recipient=alice, kind=NotificationKind.DECISION).text


def test_what_the_rule_hides_is_told_to_its_author_and_stands_in_the_memory(
    warning: Warning, reachable: User, letters: list[str]
) -> None:
    for _ in range(2):
        flag(target=warning, flagger=UserFactory(trust_level=TrustLevel.TRUSTED), reason=FlagReason.UNTRUE, detail="")
    decision = Decision.objects.get(automatic=True)
    notice = Notification.objects.get(recipient=reachable, key=f"decision:{decision.public_id}")
    assert WORDS[Act.HIDE] in notice.text
    assert letters == ["decision"]
    assert Entry.objects.get(target=f"decision {decision.public_id}").who == "system"
    assert list(problems()) == []


def test_without_an_account_the_page_of_the_report_tells_what_the_rule_hid(db: None) -> None:
    code = tracking_codes.code_of(b"secret", "key")
    report = ReportFactory(tracking_hash=tracking_codes.hash_of(code))
    for _ in range(2):
        flag(target=report, flagger=UserFactory(trust_level=TrustLevel.TRUSTED), reason=FlagReason.UNTRUE, detail="")
    page = Client().get(f"/track/{code}/")
    assert Decision.objects.get(automatic=True).public_reason in page.content.decode()
    assert states(page) == ["automatic"]


def test_who_wants_mail_about_a_report_gets_it_when_it_is_taken_down_later(
    reachable: User, mona: User, letters: list[str]
) -> None:
    report = ReportFactory(warning=WarningFactory(author=reachable), author=reachable, notify=True)
    gone = DecisionInput(Act.UNPUBLISH, reason=reason("not-true"), public_reason="In my own words.")
    decide(actor=mona, case=flagged(report), choice=gone)
    assert letters.count("decision") == 1
    message = mail.outbox[letters.index("decision")]
    assert "In my own words." not in message.body
    assert reason("not-true").text[:40] not in message.body


def test_a_decision_that_was_tampered_with_or_is_gone_is_found(warning: Warning, mona: User) -> None:
    gone = decide(actor=mona, case=flagged(warning), choice=DecisionInput(Act.UNPUBLISH, reason=reason("not-true")))
    assert list(problems()) == []
    for change in ({"act": Act.NO_ACTION}, {"reason": None}, {"undone_at": timezone.now()}):
        Decision.objects.filter(pk=gone.pk).update(**change)
        [problem] = problems()
        assert (problem.code, str(gone.public_id) in problem) == ("changed", True)
        Decision.objects.filter(pk=gone.pk).update(act=gone.act, reason=gone.reason, undone_at=None)
    Decision.objects.all().delete()
    [problem] = problems()
    assert (problem.code, str(gone.public_id) in problem) == ("gone", True)


def test_each_whose_votes_are_voided_is_told_why_and_can_appeal_and_only_these_votes_come_back(
    warning: Warning, bob: User, nina: User, mona: User, max_: User
) -> None:
    earlier, other = WarningFactory(), WarningFactory()
    for target, voters in ((earlier, [bob]), (warning, [bob, nina])):
        for voter in voters:
            cast_vote(actor=voter, post=target)
        alarm = AlarmFactory(
            key=target.slug,
            kind=AlarmKind.RING,
            warning=target,
            evidence={"accounts": [who.handle for who in voters]},
        )
        decide(
            actor=mona, case=case_of(alarm), choice=DecisionInput(Act.VOID_VOTES, reason=reason("votes-of-a-ring"))
        )
    last = Decision.objects.latest("pk")
    cast_vote(actor=bob, post=other)
    assert Vote.objects.counting().count() == 1
    for voter in (bob, nina):
        notice = Notification.objects.get(recipient=voter, key=f"decision:{last.public_id}")
        page = signed_in(voter).get(notice.address)
        assert reason("votes-of-a-ring").label in page.content.decode()
        assert "appeal" in parts(page)
        assert warning.title not in page.content.decode()
    made = appeal(decision=last, text="We do not know each other.", by=nina)
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.OVERTURN, public_reason="So it seems."))
    assert {vote.post for vote in Vote.objects.counting()} == {warning, other}
    assert Notification.objects.filter(recipient=bob, text__contains=UNDONE).exists()
