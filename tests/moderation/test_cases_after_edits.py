"""A decision that changes texts, and its undo, leave the one case that the post had and open no other."""

from typing import Any

import pytest

from accounts.models import User
from moderation.actions.cases import open_case
from moderation.actions.decisions import decide, undo
from moderation.choices import Act, CaseKind, CaseState
from moderation.decisions.input import DecisionInput
from moderation.integrity import problems
from moderation.models import Case
from reports import integrity as reports_integrity
from reports.actions.status import change_status
from reports.actions.submissions import withdraw
from reports.actions.warnings import save_next_version
from reports.choices import Status
from reports.models import Report, Warning
from tests.factories import CommentFactory, ReportFactory
from tests.moderation.making import case_of, reason, waiting_report

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

CHANGES: dict[str, Any] = {
    "approved with another text": lambda: DecisionInput(Act.PUBLISH, title="Clearer", body="They asked twice."),
    "approved with the same text": lambda: DecisionInput(Act.PUBLISH),
    "asked with a remark on a field": lambda: DecisionInput(
        Act.REQUEST_CHANGES, reason=reason("unclear"), remarks={"title": "vague"}, labels={"title": "Title"}
    ),
    "asked without a remark": lambda: DecisionInput(Act.REQUEST_CHANGES, reason=reason("unclear")),
    "declined": lambda: DecisionInput(Act.DECLINE, reason=reason("unclear")),
}


def cases_of(report: Report) -> list[tuple[int, str, str]]:
    return list(Case.objects.filter(report=report).order_by("pk").values_list("pk", "kind", "state"))


@pytest.mark.parametrize("choice", CHANGES.values(), ids=CHANGES)
def test_one_case_is_decided_and_opens_again(choice: Any, mona: User) -> None:
    report = waiting_report(author=User.objects.create_user("Alice", password=None))
    case, texts = case_of(report), (report.body, report.warning.title)
    for _ in range(2):
        decision = decide(actor=mona, case=case, choice=choice())
        assert cases_of(report) == [(case.pk, CaseKind.REPORT, CaseState.CLOSED)]
        undo(actor=mona, decision=decision, note="")
        assert cases_of(report) == [(case.pk, CaseKind.REPORT, CaseState.OPEN)]
        case.refresh_from_db()
        report = Report.objects.select_related("warning").get(pk=report.pk)
        assert ((report.body, report.warning.title), report.status) == (texts, Status.PENDING)


def test_a_case_that_was_decided_once_is_kept_when_its_report_is_taken_back(mona: User) -> None:
    author = User.objects.create_user("Alice", password=None)
    report = waiting_report(author=author)
    case = case_of(report)
    undo(actor=mona, decision=decide(actor=mona, case=case, choice=CHANGES["declined"]()), note="")
    withdraw(report=Report.objects.get(pk=report.pk))
    case.refresh_from_db()
    assert (case.state, case.decisions.count()) == (CaseState.CLOSED, 1)
    assert not Case.objects.open().filter(report=report).exists()


@pytest.mark.parametrize("make", [ReportFactory, CommentFactory], ids=["report", "comment"])
@pytest.mark.parametrize("decided", [False, True], ids=["undecided", "decided"])
def test_a_later_review_ends_when_the_post_is_public_no_more(make: Any, decided: bool, mona: User) -> None:
    post = make(author=User.objects.create_user("Alice", password=None))
    case = open_case(kind=CaseKind.AFTERWARDS, target=post)
    if decided:
        undo(actor=mona, decision=decide(actor=mona, case=case, choice=DecisionInput(Act.NO_ACTION)), note="")
    change_status(actor="system", post=post, status=Status.UNPUBLISHED, reason="")
    assert not Case.objects.open().filter(pk=case.pk).exists()
    assert Case.objects.filter(pk=case.pk).exists() == decided


def test_a_comment_that_waits_again_has_one_case() -> None:
    comment = CommentFactory(author=User.objects.create_user("Alice", password=None))
    open_case(kind=CaseKind.AFTERWARDS, target=comment)
    change_status(actor="system", post=comment, status=Status.PENDING, reason="changed")
    assert list(Case.objects.values_list("kind", "state")) == [(CaseKind.COMMENT, CaseState.OPEN)]


def test_a_hidden_post_is_still_reviewed_later() -> None:
    comment = CommentFactory(author=User.objects.create_user("Alice", password=None))
    case = open_case(kind=CaseKind.AFTERWARDS, target=comment)
    change_status(actor="system", post=comment, status=Status.HIDDEN, reason="flags")
    assert Case.objects.open().filter(pk=case.pk).exists()


def test_the_check_of_integrity_names_a_later_review_of_what_is_not_public() -> None:
    report = waiting_report(author=User.objects.create_user("Alice", password=None))
    assert list(problems()) == []
    stray = open_case(kind=CaseKind.AFTERWARDS, target=report)
    assert [str(stray.pk) in problem for problem in problems()] == [True]


def test_an_undone_approval_leaves_no_version_with_a_title_that_was_never_published(mona: User) -> None:
    report = waiting_report(author=User.objects.create_user("Alice", password=None), title="As she wrote it")
    case, warning = case_of(report), report.warning
    for title in ("Clearer", "As she wrote it"):
        undo(
            actor=mona,
            decision=decide(actor=mona, case=case, choice=DecisionInput(Act.PUBLISH, title=title)),
            note="",
        )
        assert not warning.revisions.exists()
    decide(actor=mona, case=case, choice=DecisionInput(Act.PUBLISH))
    assert list(warning.revisions.values_list("number", "title", "state")) == [(1, "As she wrote it", "applied")]
    assert list(reports_integrity.problems()) == []


def test_versions_that_others_made_since_are_kept(mona: User) -> None:
    report = waiting_report(author=User.objects.create_user("Alice", password=None), title="As she wrote it")
    decision = decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.PUBLISH, title="Clearer"))
    warning = Warning.objects.get(pk=report.warning_id)
    warning.what_to_do = ["Block them."]
    warning.save()
    save_next_version(warning=warning, comment="x")
    undo(actor=mona, decision=decision, note="")
    titles = list(warning.revisions.order_by("number").values_list("title", flat=True))
    assert titles == ["Clearer", "Clearer", "As she wrote it"]
    assert list(reports_integrity.problems()) == []
