"""Cases carry a score and its reasons; decisions teach, and undoing them unteaches."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from moderation.cases.actions import refresh_case
from moderation.deciding.actions import decide, undo
from moderation.deciding.choices import Choice
from moderation.models import SpamMemory, SpamSample
from moderation.spam.learning import forget_words
from moderation.urgency import HOURS, SPAM
from moderation.words import Act, CaseKind
from reports.models import Warning
from reports.words import Status
from tests.factories import CommentFactory
from tests.moderation.making import case_of, reason, waiting_report

pytestmark = pytest.mark.django_db

ADVERTISEMENT = (
    "Earn money from home, join our group t.me/fastcash and buy now https://fast.example https://cash.example"
)


def test_what_looks_like_spam_says_why_and_stands_lower_in_the_queue(bob: User) -> None:
    case = case_of(waiting_report(author=bob, body=ADVERTISEMENT))
    assert case.spam > 0.9
    assert any("Promises money" in hint["hint"] for hint in case.hints)
    assert (case.due_at - case.opened_at).total_seconds() / 3_600 == HOURS[CaseKind.REPORT] * SPAM
    real = case_of(waiting_report(body="The buyer asked me to install an app before the order, and I refused."))
    assert real.spam < 0.2
    assert real.hints == []


def test_decisions_teach_and_undoing_them_unteaches(mona: User, bob: User) -> None:
    decisions = []
    for number in range(3):
        spam = waiting_report(author=bob, title=f"Mattress {number}", body=f"Zorblax mattress number {number}")
        choice = Choice(Act.DECLINE, reason=reason("advertising"))
        decisions.append(decide(actor=mona, case=case_of(spam), choice=choice))
        real = waiting_report(body=f"The buyer wanted my screen, time {number}")
        decisions.append(decide(actor=mona, case=case_of(real), choice=Choice(Act.PUBLISH)))
    learnt = SpamMemory.objects.get(pk=1).learnt
    assert (learnt["spam"]["zorblax"], learnt["real"]["screen"], learnt["texts"]) == (3, 3, [3, 3])
    like = case_of(waiting_report(body="Zorblax mattress number 7"))
    assert like.spam > case_of(waiting_report(body="Something new and short")).spam
    for decision in decisions:
        undo(actor=mona, decision=decision, note="")
    assert SpamMemory.objects.get(pk=1).learnt == {"spam": {}, "real": {}, "texts": [0, 0]}
    assert not SpamSample.objects.exists()


def test_other_decisions_teach_nothing(mona: User, alice: User) -> None:
    report = waiting_report(author=alice)
    decide(actor=mona, case=case_of(report), choice=Choice(Act.DECLINE, reason=reason("unclear")))
    assert not SpamSample.objects.exists()


def test_words_of_what_is_removed_are_forgotten(mona: User) -> None:
    report = waiting_report(body="Quirinus wanted my screen")
    decide(actor=mona, case=case_of(report), choice=Choice(Act.PUBLISH))
    forget_words(["Quirinus"])
    assert "quirinus" not in SpamMemory.objects.get(pk=1).learnt["real"]
    assert "quirinus" not in SpamSample.objects.get().words
    assert "screen" in SpamSample.objects.get().words


def test_a_throwaway_address_and_a_burst_count(bob: User, warning: Warning) -> None:
    waits = {"warning": warning, "author": bob, "status": Status.PENDING, "published_at": None}
    first = case_of(CommentFactory(text="Look at this offer please", **waits))
    EmailAddress.objects.create(user=bob, email="x@mailinator.com", verified=True, primary=True)
    bob.email = "x@mailinator.com"
    bob.save()
    for _ in range(6):
        comment = CommentFactory(text="Look at this offer please", **waits)
    comment.refresh_from_db()
    assert case_of(comment).spam > first.spam
    assert refresh_case(thing=comment) == case_of(comment)
