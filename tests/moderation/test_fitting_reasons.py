"""A reason goes with the decisions that it is for, and with no other."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from moderation.actions.decisions import decide
from moderation.choices import Act, CaseKind
from moderation.decisions.available import WORDED, available_acts
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError
from moderation.forms.cases import BulkForm, DecisionForm, label_on
from moderation.models import Decision, Reason
from moderation.policies.reasons import suits
from reports.models import Warning
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.pages_under_test import codes, message_codes, refuses

pytestmark = pytest.mark.django_db


def test_no_act_takes_a_reason_that_is_for_another(alice: User, mona: User) -> None:
    case = case_of(waiting_report(author=alice))
    for act in available_acts(case):
        for row in Reason.objects.all():
            if act not in row.acts:
                with refuses(ActionRefusedError, "reason-misfit"):
                    decide(actor=mona, case=case, choice=DecisionInput(act, reason=row, question="When?", days=1))
    assert not Decision.objects.exists()


@pytest.mark.parametrize("act", [Act.PUBLISH, Act.UNLOCK, Act.DISPUTE])
def test_a_decision_that_needs_no_reason_takes_none_that_was_left_chosen(
    act: Act, warning: Warning, alice: User, mona: User
) -> None:
    Warning.objects.filter(pk=warning.pk).update(locked=True)
    case = (
        case_of(waiting_report(author=alice)) if act == Act.PUBLISH else flagged(Warning.objects.get(pk=warning.pk))
    )
    with refuses(ActionRefusedError, "reason-misfit"):
        decide(actor=mona, case=case, choice=DecisionInput(act, reason=reason("advertising")))


def test_own_words_do_not_make_a_reason_fit(alice: User, mona: User) -> None:
    choice = DecisionInput(Act.DECLINE, reason=reason("show-it"), public_reason="We do not print that.")
    with refuses(ActionRefusedError, "reason-misfit"):
        decide(actor=mona, case=case_of(waiting_report(author=alice)), choice=choice)


def test_a_reason_that_was_retired_meanwhile_is_not_given(alice: User, mona: User) -> None:
    Reason.objects.filter(slug="unclear").update(retired=True)
    with refuses(ActionRefusedError, "reason-retired"):
        decide(
            actor=mona,
            case=case_of(waiting_report(author=alice)),
            choice=DecisionInput(Act.DECLINE, reason=reason("unclear")),
        )


def test_reasons_stand_below_the_decisions_that_they_are_for(alice: User, warning: Warning) -> None:
    for case in (case_of(waiting_report(author=alice)), flagged(warning)):
        field = DecisionForm(case).fields["reason"]
        groups = dict(list(field.choices)[1:])  # type: ignore[attr-defined]
        assert set(groups) == {label_on(act, case.kind) for act in available_acts(case) if act in WORDED}
        for act in available_acts(case):
            slugs = [slug for slug, _ in groups.get(label_on(act, case.kind), [])]
            assert slugs == [
                row.slug for row in Reason.objects.offered() if act in row.acts and suits(row, case.kind)
            ]


def test_the_form_says_at_the_reason_that_it_does_not_fit(desk: Client) -> None:
    case = case_of(waiting_report())
    answer = desk.post(case.get_absolute_url(), {"act": "decline", "reason": "show-it", "note": "Asked twice."})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert codes(form) == {"reason": ["reason-misfit"]}
    assert (form["reason"].value(), form["note"].value()) == ("show-it", "Asked twice.")


def test_several_cases_at_once_take_a_fitting_reason_only(desk: Client) -> None:
    cases = [case_of(waiting_report(title=title)) for title in ("First", "Second")]
    assert codes(BulkForm("report", {"kind": "report", "act": "publish", "reason": "unclear"})) == {
        "reason": ["reason-misfit"]
    }
    data = {"kind": "report", "act": "publish", "reason": "unclear", "case": [case.public_id for case in cases]}
    assert message_codes(desk.post("/moderation/bulk/", data, follow=True)) == ["choose-reason"]
    assert not Decision.objects.exists()
    assert message_codes(desk.post("/moderation/bulk/", data | {"act": "decline"}, follow=True)) == ["decided"]
    assert {row.act for row in Decision.objects.filter(kind=CaseKind.REPORT)} == {Act.DECLINE}


@pytest.mark.parametrize("slug", ["no-source", "advertises-itself"])
def test_a_reason_that_speaks_of_something_else_is_neither_offered_nor_taken(
    slug: str, alice: User, mona: User
) -> None:
    case = case_of(waiting_report(author=alice))
    with refuses(ActionRefusedError, "reason-misfit"):
        decide(actor=mona, case=case, choice=DecisionInput(Act.DECLINE, reason=reason(slug)))
    for form in (DecisionForm(case), BulkForm(CaseKind.REPORT)):
        field: Any = form.fields["reason"]
        assert slug not in str(list(field.choices))


@pytest.mark.parametrize(
    ("kinds", "fitting"),
    [
        ([], {CaseKind.REPORT, CaseKind.COMMENT, CaseKind.STATEMENT}),
        ([CaseKind.REPORT], {CaseKind.REPORT}),
        ([CaseKind.COMMENT, CaseKind.STATEMENT], {CaseKind.COMMENT, CaseKind.STATEMENT}),
        ([CaseKind.ENTRY], set()),
    ],
)
def test_a_reason_fits_the_kinds_that_administrators_chose(kinds: list[str], fitting: set[str]) -> None:
    row = reason("unclear")
    row.kinds = kinds
    assert {kind for kind in (CaseKind.REPORT, CaseKind.COMMENT, CaseKind.STATEMENT) if suits(row, kind)} == fitting


def test_a_reason_for_edits_is_offered_for_edits() -> None:
    assert suits(reason("no-source"), CaseKind.ENTRY)
    assert not suits(reason("no-source"), CaseKind.STATEMENT)
    assert suits(reason("unclear"), CaseKind.REPORT)
