"""Decisions on reports, comments and warnings, and their undoing: everything is as it was before."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.choices import TrustLevel
from accounts.models import Notification, User
from audit.models import Entry
from moderation.actions.cases import claim
from moderation.actions.decisions import decide, undo
from moderation.choices import Act, CaseKind, CaseState
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError, CaseClosedError, ClaimedByAnotherError, ConflictOfInterestError
from moderation.models import Case, Decision
from reports.actions.votes import cast_vote
from reports.choices import Status
from reports.models import Comment, Report, Vote, Warning
from reports.post_states import state_of
from tests.factories import CommentFactory, ReportFactory, UserFactory, WarningFactory
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.pages_under_test import refuses
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


def found(words: str, warning: Warning) -> bool:
    """Whether a reader's search for words leads to a warning."""
    return f"/warnings/{warning.slug}/" in Client().get("/search/", {"q": words}).content.decode()


def test_a_report_that_waits_has_a_case(alice: User) -> None:
    report = waiting_report(author=alice, title="They wanted my screen")
    case = case_of(report)
    assert (case.kind, case.state, case.title) == (CaseKind.REPORT, CaseState.OPEN, "They wanted my screen")


def test_approving_publishes_report_and_warning_and_undoing_lets_both_wait_again(alice: User, mona: User) -> None:
    report = waiting_report(author=alice, title="Zebrafinch screen demand")
    before = (state_of(report), state_of(report.warning))
    decision = decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.PUBLISH))
    report.refresh_from_db()
    assert (report.status, report.warning.status) == (Status.PUBLISHED, Status.PUBLISHED)
    assert report.warning.report_count == 1
    assert found("Zebrafinch", report.warning)
    alice.refresh_from_db()
    assert alice.trust_level == TrustLevel.MEMBER

    undo(actor=mona, decision=decision, note="too fast")
    report.refresh_from_db()
    report.warning.refresh_from_db()
    assert (state_of(report), state_of(report.warning)) == before
    assert report.warning.report_count == 0
    assert not found("Zebrafinch", report.warning)
    case = case_of(report)
    assert case.state == CaseState.OPEN
    assert Case.objects.open().count() == 1


def test_declining_needs_a_reason_and_tells_the_author_why(alice: User, mona: User) -> None:
    report = waiting_report(author=alice)
    with pytest.raises(ActionRefusedError, match="reason"):
        decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE))
    assert not Decision.objects.exists()
    decision = decide(
        actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("personal-data"))
    )
    report.refresh_from_db()
    assert report.status == Status.DECLINED
    notice = Notification.objects.get(recipient=alice, key=f"decision:{decision.public_id}")
    assert notice.address == f"/decisions/{decision.public_id}/"


def test_asking_for_changes_lets_the_author_answer_and_then_waits_again(alice: User, mona: User) -> None:
    report = waiting_report(author=alice)
    choice = DecisionInput(Act.REQUEST_CHANGES, remarks={"body": "Which month?"}, question="Was it in May?")
    decision = decide(actor=mona, case=case_of(report), choice=choice)
    report.refresh_from_db()
    assert (report.status, report.remarks) == (Status.CHANGES_ASKED, {"body": "Which month?"})
    assert not Case.objects.open().exists()
    undo(actor=mona, decision=decision, note="clear enough")
    report.refresh_from_db()
    assert (report.status, report.remarks) == (Status.PENDING, {})


def test_the_text_of_a_reason_is_what_the_author_is_asked_unless_something_else_is_written(
    alice: User, mona: User
) -> None:
    asked = reason("when-and-where")
    for written, said in (("", asked.text), ("Was it in May?", "Was it in May?")):
        report = waiting_report(author=alice)
        decide(
            actor=mona,
            case=case_of(report),
            choice=DecisionInput(Act.REQUEST_CHANGES, reason=asked, question=written),
        )
        assert [row.body for row in report.messages.filter(by_moderators=True)] == [said]
        assert said in signed_in(alice).get(f"/accounts/reports/{report.public_id}/").content.decode()


def test_asking_for_nothing_is_refused(alice: User, mona: User) -> None:
    report = waiting_report(author=alice)
    with refuses(ActionRefusedError, "question-missing"):
        decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.REQUEST_CHANGES))
    report.refresh_from_db()
    assert report.status == Status.PENDING


def test_edit_and_approve_changes_the_text_and_undoing_puts_it_back(alice: User, mona: User) -> None:
    report = waiting_report(author=alice, title="Mr Smith cheats", body="Mr Smith at Acme wanted my screen.")
    choice = DecisionInput(Act.PUBLISH, title="A buyer wants the screen", body="A buyer wanted my screen.")
    decision = decide(actor=mona, case=case_of(report), choice=choice)
    report.refresh_from_db()
    assert (report.warning.title, report.body) == ("A buyer wants the screen", "A buyer wanted my screen.")
    assert "A buyer wanted" in report.body_html
    undo(actor=mona, decision=decision, note="")
    report.refresh_from_db()
    report.warning.refresh_from_db()
    assert (report.warning.title, report.body) == ("Mr Smith cheats", "Mr Smith at Acme wanted my screen.")
    assert "Mr Smith" in report.body_html


def test_merging_keeps_all_that_hangs_on_both_and_undoing_parts_them_again(
    alice: User, bob: User, nina: User, mona: User
) -> None:
    target: Warning = WarningFactory(author=bob)
    ReportFactory(warning=target, author=bob)
    old: Warning = WarningFactory(author=alice, title="The same again")
    first, comment = ReportFactory(warning=old, author=alice), CommentFactory(warning=old, author=bob)
    both, only_old, author_of_target = UserFactory(), UserFactory(), bob
    for voter, post in ((both, target), (both, old), (only_old, old), (author_of_target, old)):
        cast_vote(actor=voter, post=post)
    case = flagged(old)
    decision = decide(
        actor=mona, case=case, choice=DecisionInput(Act.MERGE, reason=reason("same-as-another"), into=target)
    )
    target.refresh_from_db()
    assert (target.report_count, target.comment_count, target.vote_count) == (2, 1, 2)
    assert set(Report.objects.filter(warning=target)) >= {first}
    assert Comment.objects.get(pk=comment.pk).warning == target
    answer = Client().get(f"/warnings/{old.slug}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/warnings/{target.slug}/")

    undo(actor=mona, decision=decision, note="they differ")
    target.refresh_from_db()
    old.refresh_from_db()
    assert (target.report_count, target.comment_count, target.vote_count) == (1, 0, 1)
    assert (old.status, old.report_count, old.comment_count, old.vote_count) == (Status.PUBLISHED, 1, 1, 3)
    assert Client().get(f"/warnings/{old.slug}/").status_code == 200
    assert Vote.objects.on(old).count() == 3


def test_a_waiting_report_is_merged_into_a_warning_and_published_there(alice: User, bob: User, mona: User) -> None:
    target = WarningFactory(author=bob)
    report = waiting_report(author=alice)
    own = report.warning
    choice = DecisionInput(Act.MERGE, reason=reason("same-as-another"), into=target)
    decision = decide(actor=mona, case=case_of(report), choice=choice)
    report.refresh_from_db()
    own.refresh_from_db()
    assert (report.warning, report.status, own.status) == (target, Status.PUBLISHED, Status.MERGED)
    undo(actor=mona, decision=decision, note="")
    report.refresh_from_db()
    own.refresh_from_db()
    target.refresh_from_db()
    assert (report.warning, report.status, own.status) == (own, Status.PENDING, Status.PENDING)
    assert target.report_count == 0


@pytest.mark.parametrize("act", [Act.UNPUBLISH, Act.HIDE])
def test_what_is_taken_down_is_found_nowhere_and_undoing_shows_it_again(act: Act, alice: User, mona: User) -> None:
    warning = WarningFactory(author=alice, title="Quetzal demand")
    assert found("Quetzal", warning)
    decision = decide(actor=mona, case=flagged(warning), choice=DecisionInput(act, reason=reason("not-true")))
    assert not found("Quetzal", warning)
    assert Client().get(f"/warnings/{warning.slug}/").status_code == 404
    undo(actor=mona, decision=decision, note="it was true")
    assert found("Quetzal", warning)
    assert Client().get(f"/warnings/{warning.slug}/").status_code == 200


def test_what_was_taken_down_by_mistake_counts_against_nobody(alice: User, mona: User) -> None:
    warning = WarningFactory(author=alice)
    before = state_of(warning)
    decision = decide(
        actor=mona, case=flagged(warning), choice=DecisionInput(Act.UNPUBLISH, reason=reason("not-true"))
    )
    undo(actor=mona, decision=decision, note="it was true")
    warning.refresh_from_db()
    assert state_of(warning) == before
    assert warning.taken_down_at is None


def test_a_decision_cannot_be_undone_once_something_else_happened(alice: User, mona: User) -> None:
    warning = WarningFactory(author=alice)
    first = decide(actor=mona, case=flagged(warning), choice=DecisionInput(Act.HIDE, reason=reason("not-true")))
    decide(
        actor=mona,
        case=flagged(warning),
        choice=DecisionInput(Act.RESTORE, public_reason="It keeps to the guidelines."),
    )
    with refuses(ActionRefusedError, "changed-since"):
        undo(actor=mona, decision=first, note="")
    assert Decision.objects.get(pk=first.pk).undone_at is None


def test_locking_closes_the_discussion_and_undoing_opens_it(alice: User, mona: User) -> None:
    warning = WarningFactory(author=alice)
    decision = decide(actor=mona, case=flagged(warning), choice=DecisionInput(Act.LOCK, reason=reason("heated")))
    warning.refresh_from_db()
    assert warning.locked
    undo(actor=mona, decision=decision, note="")
    warning.refresh_from_db()
    assert not warning.locked


def test_nobody_decides_on_their_own(mona: User, max_: User) -> None:
    report = waiting_report(author=mona)
    with refuses(ConflictOfInterestError, "own"):
        decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.PUBLISH))
    decide(actor=max_, case=case_of(report), choice=DecisionInput(Act.PUBLISH))


@pytest.mark.parametrize("level", [TrustLevel.NEW, TrustLevel.MEMBER, TrustLevel.TRUSTED])
def test_only_moderators_decide(level: TrustLevel, alice: User) -> None:
    report = waiting_report(author=alice)
    with pytest.raises(PermissionDenied):
        decide(actor=UserFactory(trust_level=level), case=case_of(report), choice=DecisionInput(Act.PUBLISH))


def test_only_moderators_undo(alice: User, mona: User) -> None:
    report = waiting_report(author=alice)
    decision = decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.PUBLISH))
    with pytest.raises(PermissionDenied):
        undo(actor=UserFactory(trust_level=TrustLevel.TRUSTED), decision=decision, note="I liked it")
    report.refresh_from_db()
    assert report.status == Status.PUBLISHED


def test_a_case_that_somebody_looks_at_is_theirs_until_the_lease_is_over(alice: User, mona: User, max_: User) -> None:
    case = case_of(waiting_report(author=alice))
    claim(actor=max_, case=case)
    with pytest.raises(ClaimedByAnotherError) as caught:
        decide(actor=mona, case=case, choice=DecisionInput(Act.PUBLISH))
    assert caught.value.name == "Max"
    assert "Max" in str(caught.value)
    Case.objects.filter(pk=case.pk).update(claim_expires_at=case.opened_at)
    decide(actor=mona, case=case, choice=DecisionInput(Act.PUBLISH))
    with pytest.raises(CaseClosedError):
        decide(actor=max_, case=case, choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    assert Decision.objects.count() == 1


def test_each_decision_and_each_undoing_is_in_the_memory(alice: User, mona: User) -> None:
    report = waiting_report(author=alice)
    decision = decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    undo(actor=mona, decision=decision, note="clear after all")
    entries = Entry.objects.filter(target=f"decision {decision.public_id}").order_by("seq")
    assert [(entry.verb, entry.who, entry.reason) for entry in entries] == [
        ("decision.decline", "Mona", "unclear"),
        ("decision.undo", "Mona", "unclear"),
    ]


def test_a_comment_that_waits_is_approved_or_declined(bob: User, mona: User, warning: Warning) -> None:
    for act, status, given in (
        (Act.PUBLISH, Status.PUBLISHED, None),
        (Act.DECLINE, Status.DECLINED, reason("unclear")),
    ):
        comment = CommentFactory(warning=warning, author=bob, status=Status.PENDING, published_at=None)
        decision = decide(actor=mona, case=case_of(comment), choice=DecisionInput(act, reason=given))
        comment.refresh_from_db()
        assert comment.status == status
        undo(actor=mona, decision=decision, note="")
        comment.refresh_from_db()
        assert comment.status == Status.PENDING
        assert comment.published_at is None
    warning.refresh_from_db()
    assert warning.comment_count == 0


@pytest.mark.parametrize("answered", [False, True])
def test_undoing_a_question_takes_it_back_unless_it_was_answered(alice: User, mona: User, answered: bool) -> None:
    report = waiting_report(author=alice)
    asked = decide(
        actor=mona, case=case_of(report), choice=DecisionInput(Act.REQUEST_CHANGES, question="Which month?")
    )
    if answered:
        report.messages.create(by_moderators=False, body="May.")
    undo(actor=mona, decision=asked, note="")
    report.refresh_from_db()
    assert report.status == Status.PENDING
    assert report.messages.filter(by_moderators=True).exists() is answered
