"""Cases carry a score and its reasons; decisions teach, and undoing them unteaches."""

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from moderation.actions.cases import refresh_case
from moderation.actions.decisions import decide, undo
from moderation.choices import Act, CaseKind
from moderation.decisions.input import DecisionInput
from moderation.models import Case, SpamSample, SpamWeights
from moderation.priority import HOURS, SPAM
from reports.choices import Status
from reports.models import Warning
from tests.factories import CommentFactory
from tests.moderation.making import case_of, reason, waiting_report

pytestmark = pytest.mark.django_db

ADVERTISEMENT = (
    "Earn money from home, join our group t.me/fastcash and buy now https://fast.example https://cash.example"
)


def test_what_looks_like_spam_says_why_and_stands_lower_in_the_queue(bob: User) -> None:
    case = case_of(waiting_report(author=bob, body=ADVERTISEMENT))
    assert case.looks_like_spam
    assert len(case.hints) > 1
    assert (case.due_at - case.opened_at).total_seconds() / 3_600 == HOURS[CaseKind.REPORT] * SPAM
    real = case_of(waiting_report(body="The buyer asked me to install an app before the order, and I refused."))
    assert real.spam < 0.2
    assert real.hints == []


def test_decisions_teach_and_undoing_them_unteaches(mona: User, bob: User) -> None:
    # It takes seconds: dozens of decisions, each through the whole action.
    decisions = []
    for number in range(20):
        spam = waiting_report(author=bob, title=f"Zorblax mattress {number}", body="Sleep like a king, zorblax")
        choice = DecisionInput(Act.DECLINE, reason=reason("advertising"))
        decisions.append(decide(actor=mona, case=case_of(spam), choice=choice))
        real = waiting_report(body=f"The buyer wanted my screen, time {number}")
        decisions.append(decide(actor=mona, case=case_of(real), choice=DecisionInput(Act.PUBLISH)))
    memory = SpamWeights.objects.get(pk=1)
    assert (memory.words["spam_texts"], memory.words["fair_texts"]) == (20, 20)
    assert memory.weights["learnt"]
    like = case_of(waiting_report(author=bob, body="Zorblax mattress, sleep like a king"))
    plain = case_of(waiting_report(author=bob, body="A sentence without much in it"))
    assert like.spam > plain.spam
    for decision in reversed(decisions):
        undo(actor=mona, decision=decision, note="")
    memory.refresh_from_db()
    assert memory.words == {"spam": {}, "fair": {}, "spam_texts": 0, "fair_texts": 0}
    assert all(abs(value) < 0.02 for value in memory.weights["learnt"].values())
    assert not SpamSample.objects.exists()


def test_what_is_like_something_removed_is_noticed(mona: User, bob: User) -> None:
    words = "The quick silver fox of Zorblax sells the finest lamps in all of the seven seas and beyond them"
    removed = waiting_report(author=bob, body=words)
    decide(actor=mona, case=case_of(removed), choice=DecisionInput(Act.DECLINE, reason=reason("advertising")))
    again = case_of(waiting_report(body=f"{words} today"))
    assert again.looks_like_spam
    assert any("removed" in hint["hint"].lower() for hint in again.hints)


def test_other_decisions_teach_nothing(mona: User, alice: User) -> None:
    report = waiting_report(author=alice)
    decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    assert not SpamSample.objects.exists()


def test_no_word_of_anybody_is_kept(mona: User) -> None:
    report = waiting_report(body="Quirinus wanted my screen")
    decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.PUBLISH))
    kept = str(SpamWeights.objects.values_list()) + str(SpamSample.objects.values_list())
    assert "quirinus" not in kept.lower()
    assert "screen" not in kept.lower()


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
    assert refresh_case(target=comment) == case_of(comment)


def test_saving_a_row_scores_nothing() -> None:
    report = waiting_report()
    case = case_of(report)
    Case.objects.filter(pk=case.pk).update(spam=0.5, title="As it was")
    report.remarks = {"body": "Which month?"}
    report.save(update_fields=["remarks"])
    case.refresh_from_db()
    assert (case.spam, case.title) == (0.5, "As it was")
