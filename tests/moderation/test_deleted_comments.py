"""A comment that its author deletes takes its words along, and nothing that somebody waits for."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from moderation.actions.appeals import appeal
from moderation.actions.decisions import decide
from moderation.actions.flags import flag
from moderation.actions.legal_notices import send_notice
from moderation.choices import Act, CaseKind, FlagReason, FlagState
from moderation.decisions.input import DecisionInput
from moderation.errors import CaseClosedError
from moderation.integrity import problems
from moderation.models import Appeal, Case, Decision, Flag, LegalNotice
from reports.actions.comments import delete_comment
from reports.choices import Status
from reports.integrity import problems as wrong_counters
from reports.models import Comment, Warning
from tests.factories import CommentFactory, submitted
from tests.moderation.making import case_of, flagged, reason
from tests.moderation.test_redaction import everywhere
from tests.pages_under_test import states

pytestmark = pytest.mark.django_db

WORDS = "Zanzibarmarker"


@pytest.fixture
def comment(bob: User, warning: Warning) -> Comment:
    """What Bob said, and can be found wherever it is kept."""
    said: Comment = CommentFactory(warning=warning, author=bob, body=WORDS, body_html=f"<p>{WORDS}</p>")
    return said


def notified(comment: Comment) -> LegalNotice:
    """A legal notice about a comment."""
    fields: dict[str, Any] = {
        "url": comment.get_absolute_url(),
        "ground": "defamation",
        "explanation": "It says that our support reads private chats, and it does not.",
        "law": "",
        "name": "Ella Example",
        "email": "ella@example.org",
    }
    made: LegalNotice = send_notice(submission_key="one", fields=fields)
    return made


def gone(comment: Comment) -> bool:
    return not Comment.objects.filter(pk=comment.pk).exists()


def test_a_notice_about_it_is_answered_all_the_same(comment: Comment, bob: User, mona: User) -> None:
    notice = notified(comment)
    delete_comment(actor=bob, comment=comment)
    assert everywhere(WORDS) == []
    case = Case.objects.open().get(kind=CaseKind.NOTICE)
    assert case.comment == comment
    decide(actor=mona, case=case, choice=DecisionInput(Act.UNPUBLISH, reason=reason("not-true")))
    notice.refresh_from_db()
    assert notice.decision is not None
    page = Client().get(comment.warning.get_absolute_url())
    assert "deleted" not in states(page)
    assert f'id="comment-{comment.public_id}"' not in page.content.decode()
    assert [*problems(), *wrong_counters()] == []


def test_an_appeal_against_a_decision_on_it_waits_on(comment: Comment, bob: User, mona: User, max_: User) -> None:
    hidden = decide(actor=mona, case=flagged(comment), choice=DecisionInput(Act.LOCK, reason=reason("heated")))
    made = appeal(decision=hidden, text="It was not about the comment.", by=bob)
    delete_comment(actor=bob, comment=comment)
    assert everywhere(WORDS) == []
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.UPHOLD, public_reason="It was heated."))
    assert Appeal.objects.get().decided_at is not None


def test_flags_that_wait_go_with_it_and_settled_ones_still_count_for_their_flaggers(
    comment: Comment, alice: User, bob: User, mona: User, warning: Warning
) -> None:
    flag(target=comment, flagger=alice, reason=FlagReason.UNTRUE, detail="It was another tool.")
    other = CommentFactory(warning=warning, author=bob)
    flag(target=other, flagger=alice, reason=FlagReason.UNTRUE, detail="")
    decide(
        actor=mona,
        case=case_of(other),
        choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
    )
    delete_comment(actor=bob, comment=comment)
    delete_comment(actor=bob, comment=other)
    assert (gone(comment), gone(other)) == (True, False)
    assert [row.state for row in Flag.objects.filter(flagger=alice)] == [FlagState.TURNED_DOWN]
    assert not Case.objects.open().exists()


def test_what_a_moderator_decided_stays_without_its_words(comment: Comment, bob: User, mona: User) -> None:
    Comment.objects.filter(pk=comment.pk).update(status=Status.PENDING)
    comment.refresh_from_db()
    comment.save()
    submitted(comment)
    decision = decide(actor=mona, case=case_of(comment), choice=DecisionInput(Act.PUBLISH))
    assert "moderation_decision.before" in everywhere(WORDS)
    comment.refresh_from_db()
    delete_comment(actor=bob, comment=comment)
    assert gone(comment)
    assert everywhere(WORDS) == []
    assert Decision.objects.get() == decision


def test_one_that_waits_is_gone_with_its_case(comment: Comment, bob: User, mona: User) -> None:
    Comment.objects.filter(pk=comment.pk).update(status=Status.PENDING, published_at=None)
    comment.refresh_from_db()
    comment.save()
    submitted(comment)
    case = case_of(comment)
    assert case.kind == CaseKind.COMMENT
    delete_comment(actor=bob, comment=comment)
    assert gone(comment)
    assert not Case.objects.exists()
    assert everywhere(WORDS) == []
    with pytest.raises(CaseClosedError):
        decide(actor=mona, case=case, choice=DecisionInput(Act.PUBLISH))
