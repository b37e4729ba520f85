"""The title of an open case is that of what it is about, however the case or its subject came there."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from moderation import integrity
from moderation.actions.decisions import decide, undo
from moderation.choices import Act
from moderation.decisions.input import DecisionInput
from moderation.models import Case
from reports.actions import revisions
from reports.actions.save_text import save_text
from reports.choices import Status
from reports.models import Warning
from reports.version_text import fields_now
from tests.factories import CommentFactory, ReportFactory, WarningFactory
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.moderation.test_abuse_of_notices import notice

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

WAITS = {"status": Status.PENDING, "published_at": None}


def titles() -> set[str]:
    """The titles of all open cases, which the integrity check finds to be right."""
    assert list(integrity.problems()) == []
    return set(Case.objects.open().values_list("title", flat=True))


def merging(into: Warning) -> DecisionInput:
    return DecisionInput(Act.MERGE, reason=reason("same-as-another"), into=into)


def test_a_report_has_its_own_title_again_after_a_merge_was_undone(alice: User, bob: User, mona: User) -> None:
    report = waiting_report(author=alice, title="Her own title")
    merged = decide(actor=mona, case=case_of(report), choice=merging(WarningFactory(author=bob, title="The target")))
    undo(actor=mona, decision=merged, note="They differ.")
    assert titles() == {"Her own title"}
    asked = decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    assert asked.title == "Her own title"


def test_what_stands_below_a_warning_goes_with_it_and_comes_back(bob: User, mona: User) -> None:
    old, target = WarningFactory(title="The old one"), WarningFactory(author=bob, title="The target")
    CommentFactory(warning=old, **WAITS)
    flagged(ReportFactory(warning=old))
    merged = decide(actor=mona, case=flagged(old), choice=merging(target))
    assert titles() == {"The target"}
    undo(actor=mona, decision=merged, note="They differ.")
    assert titles() == {"The old one"}


def retitled(warning: Warning) -> None:
    save_text(warning, {"title": "Another title"})


def edited(warning: Warning) -> None:
    """An accepted edit, by a member whose edits count at once."""
    author = User.objects.get(handle="Mona")
    fields = fields_now(warning) | {"title": "Another title"}
    revisions.edit(actor=author, warning=warning, fields=fields, based_on=warning.version, comment="clearer")


@pytest.mark.parametrize("change", [retitled, edited])
@pytest.mark.parametrize("waits", ["comment", "flags", "notice"])
def test_a_case_follows_a_new_title(
    waits: str, change: Callable[[Warning], None], warning: Warning, mona: User
) -> None:
    made: dict[str, Callable[[], Any]] = {
        "comment": lambda: CommentFactory(warning=warning, **WAITS),
        "flags": lambda: flagged(ReportFactory(warning=warning)),
        "notice": lambda: notice(warning, 1),
    }
    made[waits]()
    change(Warning.objects.get(pk=warning.pk))
    assert titles() == {"Another title"}


def test_a_case_that_opens_again_has_the_title_of_today(warning: Warning, mona: User) -> None:
    case = flagged(ReportFactory(warning=warning))
    kept = decide(actor=mona, case=case, choice=DecisionInput(Act.NO_ACTION))
    retitled(warning)
    undo(actor=mona, decision=kept, note="Too fast.")
    assert titles() == {"Another title"}


def test_the_integrity_check_finds_a_case_with_another_title(warning: Warning) -> None:
    flagged(warning)
    assert titles() == {warning.title}
    Case.objects.update(title="Something else")
    [problem] = integrity.problems()
    assert str(Case.objects.get().public_id) in problem
