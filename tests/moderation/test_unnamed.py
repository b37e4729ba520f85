"""At the desk nobody sees who left their handle out, and everything that has to be decided can be."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.display_names import UNNAMED
from accounts.models import Notification, User
from accounts.trust import in_steps
from common.errors import code_of
from moderation.actions.appeals import appeal
from moderation.actions.cases import open_case
from moderation.actions.decisions import decide, undo
from moderation.choices import Act, CaseKind
from moderation.decisions.input import DecisionInput
from moderation.decisions.notify import SUSPENDED
from moderation.errors import ConflictOfInterestError
from moderation.models import Case, Decision
from moderation.policies.decisions import why_not
from reports.actions import moderation as moderation_actions
from reports.actions.revisions import edit
from reports.actions.submissions import leave_handle_out
from reports.choices import Status
from reports.models import Report, Warning
from reports.reputation import reputation_of
from reports.version_text import fields_now
from tests.factories import CommentFactory, UserFactory, WarningFactory
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.pages_under_test import elements, part, parts
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db

HANDLE = "Markerhandle77"


@pytest.fixture
def marker(db: None) -> User:
    """Whose handle is looked for."""
    user: User = UserFactory(handle=HANDLE, trust_level=TrustLevel.MEMBER)
    return user


@pytest.fixture
def waiting(marker: User) -> Report:
    """A report without the handle that waits, with the warning that began with it."""
    report = waiting_report(author=marker, title="Left out of this")
    leave_handle_out(report=report, unnamed=True)
    report.refresh_from_db()
    return report


def cases_about(report: Report, marker: User, mona: User, max_: User) -> list[Case]:
    """One case of every kind that a report and its warning can be about."""
    warning = report.warning
    first = case_of(report)
    declined = decide(actor=mona, case=first, choice=DecisionInput(Act.DECLINE, reason=reason("advertising")))
    appealed = appeal(decision=declined, text="It is not.", by=marker)
    undo(actor=mona, decision=declined, note="Wrong.")
    decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.PUBLISH))
    text = fields_now(Warning.objects.get(pk=warning.pk)) | {"title": "A clearer title"}
    suggestion = edit(actor=marker, warning=warning, fields=text, based_on=1, comment="clearer")
    Client().post(
        "/notice/",
        {
            "url": warning.get_absolute_url(),
            "ground": "other",
            "explanation": "This is against the law in several places of it.",
            "name": "A",
            "email": "a@example.org",
            "good_faith": "on",
        },
    )
    return [
        first,
        Case.objects.get(appeal=appealed),
        case_of(suggestion),
        open_case(kind=CaseKind.AFTERWARDS, target=report),
        flagged(Report.objects.get(pk=report.pk)),
        flagged(Warning.objects.get(pk=warning.pk)),
        Case.objects.get(kind=CaseKind.NOTICE),
    ]


def test_no_page_of_the_desk_names_them(waiting: Report, marker: User, mona: User, max_: User, desk: Client) -> None:
    assert HANDLE not in desk.get(case_of(waiting).get_absolute_url()).content.decode()
    cases = cases_about(waiting, marker, mona, max_)
    pages = [case.get_absolute_url() for case in cases]
    pages += [f"{case.get_absolute_url()}danger/" for case in cases]
    pages += [decision.get_absolute_url() for decision in Decision.objects.all()]
    pages += ["/moderation/", "/moderation/record/", "/moderation/people/", "/moderation/proposals/"]
    pages += [
        "/transparency/",
        "/transparency/decisions.csv",
        "/api/v1/transparency",
        waiting.warning.get_absolute_url(),
    ]
    for address in pages:
        answer = desk.get(address, follow=True)
        assert answer.status_code == 200, address
        html = answer.getvalue().decode()
        assert HANDLE not in html, address
    for case in cases:
        page = desk.get(case.get_absolute_url())
        assert UNNAMED in page.content.decode(), case
        assert part(page, "approved"), case
    assert not Notification.objects.exclude(recipient=marker).filter(text__contains=HANDLE).exists()


def test_warning_and_suspending_work_and_are_told_to_them(waiting: Report, marker: User, mona: User) -> None:
    case = case_of(waiting)
    decide(actor=mona, case=case, choice=DecisionInput(Act.WARN, reason=reason("advertising")))
    suspended = decide(actor=mona, case=case, choice=DecisionInput(Act.SUSPEND, reason=reason("advertising"), days=3))
    marker.refresh_from_db()
    assert marker.is_suspended
    assert Notification.objects.filter(recipient=marker, text=SUSPENDED).exists()
    assert "reasons" in parts(signed_in(marker).get(suspended.get_absolute_url()))
    undo(actor=mona, decision=suspended, note="Wrong.")
    marker.refresh_from_db()
    assert not marker.is_suspended


def test_a_case_that_names_them_does_not_lead_to_what_they_left_it_out_of(
    waiting: Report, marker: User, mona: User, desk: Client
) -> None:
    decide(actor=mona, case=case_of(waiting), choice=DecisionInput(Act.WARN, reason=reason("advertising")))
    decide(actor=mona, case=case_of(waiting), choice=DecisionInput(Act.DECLINE, reason=reason("advertising")))
    by_name = CommentFactory(author=marker, warning__title="Under their handle")
    decide(actor=mona, case=flagged(by_name), choice=DecisionInput(Act.UNPUBLISH, reason=reason("advertising")))
    named = open_case(kind=CaseKind.ACCOUNT, target=marker)
    page = desk.get(named.get_absolute_url())
    html = page.content.decode()
    assert f'href="/u/{HANDLE}/"' in html
    assert "Under their handle" in html
    assert "Left out of this" not in html
    assert part(page, "earlier").startswith("1 ")
    unnamed = desk.get(flagged(waiting).get_absolute_url())
    assert "Under their handle" not in unnamed.content.decode()
    counted = [f"{act.label} 1" for act in (Act.DECLINE, Act.UNPUBLISH, Act.WARN)]
    assert part(unnamed, "counted").partition(": ")[2] == f"{', '.join(counted)}."


def test_what_was_merged_away_names_them_no_more_than_before(waiting: Report, marker: User, desk: Client) -> None:
    warning, into = waiting.warning, WarningFactory()
    case = open_case(kind=CaseKind.FLAGS, target=warning)
    moderation_actions.merge(actor="Mona", warning=warning, into=into, reason="same")
    for about in (case, case_of(Report.objects.get(pk=waiting.pk))):
        assert HANDLE not in desk.get(about.get_absolute_url()).content.decode()
    named = open_case(kind=CaseKind.ACCOUNT, target=marker)
    assert "Left out of this" not in desk.get(named.get_absolute_url()).content.decode()


def test_the_record_is_told_in_steps_that_do_not_tell_who_has_it(
    waiting: Report, marker: User, desk: Client, mona: User
) -> None:
    User.objects.filter(pk=marker.pk).update(joined_at=timezone.now() - timedelta(days=212))
    named = desk.get(open_case(kind=CaseKind.ACCOUNT, target=marker).get_absolute_url())
    assert part(named, "days") == "212"
    unnamed = desk.get(case_of(waiting).get_absolute_url())
    steps = in_steps(reputation_of(User.objects.get(pk=marker.pk), timezone.now()))
    assert (part(unnamed, "days"), part(unnamed, "approved")) == (steps["days"], steps["approved"])
    assert not any("212" in one.text for one in elements(unnamed, "dd"))


def test_a_level_that_few_have_is_not_told(waiting: Report, marker: User, desk: Client) -> None:
    User.objects.filter(pk=marker.pk).update(trust_level=TrustLevel.MODERATOR)
    chips = [one.text for one in elements(desk.get(case_of(waiting).get_absolute_url()), class_="chip")]
    assert TrustLevel.TRUSTED.label in chips
    assert TrustLevel.MODERATOR.label not in chips


def test_moderators_are_kept_from_their_own(mona: User, max_: User) -> None:
    report = waiting_report(author=mona)
    leave_handle_out(report=report, unnamed=True)
    assert code_of(why_not(mona, case_of(report))) == "own"
    assert why_not(max_, case_of(report)) == ""
    with pytest.raises(ConflictOfInterestError):
        decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.PUBLISH))
    decide(actor=max_, case=case_of(report), choice=DecisionInput(Act.PUBLISH))
    report.refresh_from_db()
    assert report.status == Status.PUBLISHED


def test_who_names_themself_is_named_as_before(waiting: Report, marker: User, desk: Client, mona: Any) -> None:
    leave_handle_out(report=waiting, unnamed=False)
    html = desk.get(case_of(waiting).get_absolute_url()).content.decode()
    assert f'<a href="/u/{HANDLE}/">{HANDLE}</a>' in html
    assert f"Account: {HANDLE}" in desk.get(f"{case_of(waiting).get_absolute_url()}danger/").content.decode()
