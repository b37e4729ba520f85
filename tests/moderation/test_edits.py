"""Suggested edits at the desk: accepted, declined, and both undone."""

import pytest
from django.utils import timezone

from accounts.models import User
from directory.actions import edits
from directory.choices import RevisionState
from directory.entries import find
from directory.models import Tool
from moderation.actions.decisions import decide, undo
from moderation.choices import Act, CaseKind
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError
from moderation.models import Case
from reports.actions import revisions
from reports.models import Revision, Warning
from reports.version_text import fields_now
from tests.moderation.making import case_of, reason
from tests.pages_under_test import refuses

pytestmark = pytest.mark.django_db


def suggestion(warning: Warning, author: User, title: str = "A better title") -> Revision:
    fields = fields_now(warning) | {"title": title}
    return revisions.edit(actor=author, warning=warning, fields=fields, based_on=warning.version, comment="clearer")


def test_a_suggestion_is_a_case_that_closes_when_others_decide(warning: Warning, bob: User, mona: User) -> None:
    row = suggestion(warning, bob)
    assert case_of(row).kind == CaseKind.SUGGESTION
    revisions.withdraw(actor=bob, revision=row)
    assert not Case.objects.open().exists()


def test_accepting_is_undone_without_losing_what_others_wrote_since(warning: Warning, bob: User, mona: User) -> None:
    before = warning.title
    row = suggestion(warning, bob)
    decision = decide(actor=mona, case=case_of(row), choice=DecisionInput(Act.ACCEPT))
    warning.refresh_from_db()
    assert warning.title == "A better title"
    later = fields_now(warning) | {"summary": "Something else happened."}
    revisions.edit(actor=mona, warning=warning, fields=later, based_on=warning.version, comment="more")
    undo(actor=mona, decision=decision, note="it was clear before")
    warning.refresh_from_db()
    assert (warning.title, warning.summary) == (before, "Something else happened.")


def test_declining_tells_why_and_undoing_lets_it_wait_again(warning: Warning, bob: User, mona: User) -> None:
    row = suggestion(warning, bob)
    decision = decide(actor=mona, case=case_of(row), choice=DecisionInput(Act.DECLINE, reason=reason("no-source")))
    row.refresh_from_db()
    assert row.state == RevisionState.DECLINED
    assert row.decision_reason == reason("no-source").text
    undo(actor=mona, decision=decision, note="Wrong.")
    row.refresh_from_db()
    assert row.state == RevisionState.SUGGESTED
    assert case_of(row)


def test_what_overlaps_with_others_is_refused_and_nothing_happens(warning: Warning, bob: User, mona: User) -> None:
    row = suggestion(warning, bob)
    fields = fields_now(warning) | {"title": "Quite another title"}
    revisions.edit(actor=mona, warning=warning, fields=fields, based_on=warning.version, comment="mine")
    case = case_of(row)
    with refuses(ActionRefusedError, "overlaps"):
        decide(actor=mona, case=case, choice=DecisionInput(Act.ACCEPT))
    assert case_of(row) == case


def test_a_suggested_change_of_the_directory_is_accepted_declined_and_both_undone(bob: User, mona: User) -> None:
    today = timezone.localdate()
    for act in (Act.ACCEPT, Act.DECLINE):
        entry = find("tool", "dingtalk")
        assert entry is not None
        before = entry.content["summary"]
        content = entry.content | {"summary": f"Another summary for {act}."}
        row = edits.edit(actor=bob, entry=entry, base=entry.content, content=content, comment="clearer", today=today)
        why = reason("no-source") if act == Act.DECLINE else None
        decision = decide(actor=mona, case=case_of(row), choice=DecisionInput(act, reason=why))
        summary = Tool.objects.get(slug="dingtalk").summary
        assert (summary == f"Another summary for {act}.") == (act == Act.ACCEPT)
        undo(actor=mona, decision=decision, note="")
        assert Tool.objects.get(slug="dingtalk").summary == before


def test_only_what_was_declined_waits_again_and_only_what_was_accepted_is_taken_out(
    warning: Warning, bob: User, mona: User
) -> None:
    row = suggestion(warning, bob)
    for deed in (revisions.reopen, revisions.remove):
        with pytest.raises(revisions.AlreadyDecidedError):
            deed(actor=mona, revision=row)
    entry = find("tool", "dingtalk")
    assert entry is not None
    today, content = timezone.localdate(), entry.content | {"summary": "Another summary."}
    suggested = edits.edit(actor=bob, entry=entry, base=entry.content, content=content, comment="x", today=today)
    with pytest.raises(edits.AlreadyDecidedError):
        edits.reopen(actor=mona, revision=suggested)
    with pytest.raises(edits.AlreadyDecidedError):
        edits.remove(actor=mona, revision=suggested, today=today)


def test_an_accepted_edit_on_a_text_that_was_removed_stays(warning: Warning, bob: User, mona: User) -> None:
    row = suggestion(warning, bob)
    decision = decide(actor=mona, case=case_of(row), choice=DecisionInput(Act.ACCEPT))
    empty = {"title": "", "summary": "", "body": "", "what_to_do": [], "comment": ""}
    Revision.objects.filter(warning=warning).exclude(pk=row.pk).update(redacted_at=timezone.now(), **empty)
    with refuses(ActionRefusedError, "text-removed"):
        undo(actor=mona, decision=decision, note="")
