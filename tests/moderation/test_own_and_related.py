"""Nobody decides on what is theirs, or on what they have to do with."""

import pytest

from accounts.models import User
from common.errors import code_of
from moderation.actions.appeals import appeal
from moderation.actions.cases import claim
from moderation.actions.decisions import decide
from moderation.actions.flags import flag
from moderation.actions.legal_notices import send_notice
from moderation.choices import Act, CaseKind, FlagReason
from moderation.decisions.input import DecisionInput
from moderation.errors import ConflictOfInterestError
from moderation.models import Case
from moderation.policies.decisions import why_not
from reports.choices import AlarmKind
from reports.models import Warning
from tests.factories import AlarmFactory, CommentFactory, ReportFactory, WarningFactory
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.pages_under_test import refuses

pytestmark = pytest.mark.django_db


def test_who_reported_on_a_warning_does_not_decide_on_it(warning: Warning, mona: User, max_: User) -> None:
    ReportFactory(warning=warning, author=mona)
    assert code_of(why_not(mona, flagged(warning))) == "own"
    assert why_not(max_, flagged(warning)) == ""


def test_who_may_not_decide_on_a_case_does_not_claim_it(warning: Warning, mona: User, max_: User) -> None:
    ReportFactory(warning=warning, author=mona)
    case = flagged(warning)
    with refuses(ConflictOfInterestError, "own"):
        claim(actor=mona, case=case)
    assert claim(actor=max_, case=case).claimed_by == max_


def test_whose_warning_it_is_does_not_decide_on_the_discussion_under_it(mona: User, bob: User) -> None:
    own = WarningFactory(author=mona)
    assert code_of(why_not(mona, flagged(CommentFactory(warning=own, author=bob)))) == "own"


def test_whose_votes_an_alarm_is_about_does_not_decide_on_it(warning: Warning, mona: User, max_: User) -> None:
    for number, evidence in enumerate(({"accounts": [{"handle": "Mona"}]}, {"accounts": ["Mona", "Bob"]})):
        alarm = AlarmFactory(key=str(number), kind=AlarmKind.RING, warning=warning, evidence=evidence)
        assert code_of(why_not(mona, case_of(alarm))) == "own"
        assert why_not(max_, case_of(alarm)) == ""


def test_who_flagged_something_does_not_decide_on_a_notice_about_it(warning: Warning, mona: User) -> None:
    flag(target=warning, flagger=mona, reason=FlagReason.UNTRUE, detail="")
    fields = {"url": warning.get_absolute_url(), "ground": "other", "explanation": "x", "law": ""}
    notice = send_notice(submission_key="k", fields=fields | {"name": "", "email": ""})
    assert code_of(why_not(mona, notice.case)) == "flagged"


def test_nobody_merges_into_a_warning_of_their_own(warning: Warning, mona: User) -> None:
    own = WarningFactory(author=mona)
    choice = DecisionInput(Act.MERGE, reason=reason("same-as-another"), into=own)
    with refuses(ConflictOfInterestError, "into-own"):
        decide(actor=mona, case=flagged(warning), choice=choice)
    warning.refresh_from_db()
    assert warning.merged_into is None


def test_whose_decision_an_appeal_undid_does_not_decide_again(alice: User, mona: User, max_: User) -> None:
    report = waiting_report(author=alice)
    declined = decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    made = appeal(decision=declined, text="It is clear.", by=alice)
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.OVERTURN, public_reason="Yes."))
    with refuses(ConflictOfInterestError, "overturned"):
        decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))
    decide(actor=max_, case=case_of(report), choice=DecisionInput(Act.PUBLISH))
    assert not Case.objects.open().filter(kind=CaseKind.REPORT).exists()
