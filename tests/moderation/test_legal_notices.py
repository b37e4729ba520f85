"""Legal notices by anybody."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from common.errors import code_of
from directory.models import Connection, Tool
from moderation.actions import legal_notices
from moderation.actions.appeals import appeal
from moderation.actions.decisions import decide, undo
from moderation.actions.flags import flag
from moderation.choices import NOTIFIER, Act, CaseKind, FlagReason, FlagState
from moderation.decisions.available import available_acts
from moderation.decisions.effects.abuse_of_notices import KEPT_AFTER_DECISION, record_of, sender_history
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError, ConflictOfInterestError
from moderation.models import Appeal, Case, Decision, LegalNotice, Reason
from moderation.policies.appeals import why_not_appeal
from reports.choices import Status
from reports.models import Evidence, Warning
from tests.factories import CommentFactory, ReportFactory, WarningFactory
from tests.moderation.making import reason, waiting_report
from tests.pages_under_test import elements, parts, refuses, states
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db

WHY = "The second paragraph says that our support reads private chats. It does not, and the source does not say so."


def filled(warning: Warning, **changes: str) -> dict[str, str]:
    fields = {
        "url": f"/warnings/{warning.slug}/",
        "ground": "defamation",
        "explanation": WHY,
        "name": "Ella Example",
        "email": "ella@example.org",
        "good_faith": "on",
        "key": "00000000-0000-4000-8000-000000000077",
    }
    return fields | changes


def sent(warning: Warning, **changes: str) -> str:
    """Send a notice; return the address of its receipt."""
    answer = Client().post("/notice/", filled(warning, **changes))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def test_anybody_notifies_gets_a_receipt_at_once_and_stands_above_the_whole_queue(warning: Warning) -> None:
    waiting_report()
    receipt = sent(warning)
    answer = Client().get(receipt)
    page = answer.content.decode()
    assert elements(answer, "p", class_="success")
    assert WHY.split(".")[0] in page
    [message] = mail.outbox
    assert message.to == ["ella@example.org"]
    assert receipt in message.body
    [case] = Case.objects.filter(kind=CaseKind.NOTICE)
    assert case.warning == warning
    assert Case.objects.open().most_urgent_first(timezone.now()).first() == case
    assert case.due_at == case.notice.due_at > timezone.now()


def test_sent_twice_it_is_one_notice_with_one_receipt(warning: Warning) -> None:
    assert sent(warning) == sent(warning)
    assert LegalNotice.objects.count() == 1


def test_the_key_of_a_notice_is_looked_up_once(warning: Warning) -> None:
    with CaptureQueriesContext(connection) as captured:
        sent(warning)
    wheres = [query["sql"].partition("WHERE")[2] for query in captured if query["sql"].startswith("SELECT")]
    assert sum("submission_key" in where for where in wheres) == 1


def test_who_notified_reads_the_decision_with_its_reasons_and_appeals(
    warning: Warning, mona: User, max_: User, letters: list[str]
) -> None:
    receipt = sent(warning)
    case = Case.objects.get(kind=CaseKind.NOTICE)
    decide(
        actor=mona, case=case, choice=DecisionInput(Act.NO_ACTION, public_reason="The source says it on page two.")
    )
    browser = Client()
    answer = browser.get(receipt)
    page = answer.content.decode()
    assert "The source says it on page two." in page
    assert states(answer) == ["by-hand"]
    assert "appeal" in parts(answer)
    assert "Mona" not in page
    assert letters == ["receipt", "outcome"]
    browser.post(receipt, {"text": "Page two speaks of another product."})
    [made] = Appeal.objects.all()
    assert browser.post(receipt, {"text": "Once more, please."}).status_code == 422
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.OVERTURN, public_reason="You are right."))
    assert Case.objects.open().filter(kind=CaseKind.NOTICE).count() == 1
    assert elements(browser.get(receipt), "p", class_="success")


def test_what_is_taken_down_after_a_notice_tells_its_author_and_can_be_undone(warning: Warning, mona: User) -> None:
    sent(warning)
    case = Case.objects.get(kind=CaseKind.NOTICE)
    decision = decide(actor=mona, case=case, choice=DecisionInput(Act.UNPUBLISH, reason=reason("illegal")))
    warning.refresh_from_db()
    assert warning.status == Status.UNPUBLISHED
    assert (decision.person, decision.basis) == (warning.author, "notice")
    undo(actor=mona, decision=decision, note="")
    assert not LegalNotice.objects.get().is_resolved


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": "https://elsewhere.example/warnings/x/"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"ground": "nonsense"}, "ground"),
        ({"explanation": "It is wrong."}, "explanation"),
        ({"explanation": "x" * 5_001}, "explanation"),
        ({"name": ""}, "name"),
        ({"email": "nobody"}, "email"),
        ({"good_faith": ""}, "good_faith"),
        ({"website": "https://spam.example"}, "website"),
    ],
)
def test_what_is_missing_is_said_at_its_field(warning: Warning, changes: dict[str, str], field: str) -> None:
    answer = Client().post("/notice/", filled(warning, **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not LegalNotice.objects.exists()


def test_a_notice_of_sexual_abuse_needs_no_name(warning: Warning) -> None:
    sent(warning, ground="abuse", name="", email="")
    assert not mail.outbox


def test_reports_and_comments_are_found_by_their_addresses(warning: Warning) -> None:
    report, comment = ReportFactory(warning=warning), CommentFactory(warning=warning)
    for number, (url, target) in enumerate(
        (
            (report.get_absolute_url(), report),
            (comment.get_absolute_url(), comment),
            (f"/warnings/{warning.slug}/#comment-{comment.public_id}", comment),
            ("/tools/dingtalk/", None),
            (f"/warnings/{warning.slug}/#report-nonsense-nonsense-nonsense-nonsense-1", warning),
        )
    ):
        sent(warning, url=url, key=f"00000000-0000-4000-8000-00000000000{number}")
        case = Case.objects.filter(kind=CaseKind.NOTICE).latest("pk")
        assert case.subject == target, url


def test_a_wrong_code_leads_nowhere() -> None:
    assert Client().get("/notice/babadab-babadab/").status_code == 404


def test_name_and_address_are_erased_half_a_year_after_the_decision(warning: Warning, mona: User) -> None:
    sent(warning)
    decide(
        actor=mona,
        case=Case.objects.get(kind=CaseKind.NOTICE),
        choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
    )
    later = Decision.objects.get().at + KEPT_AFTER_DECISION
    assert legal_notices.tidy(now=later)["notices"] == 0
    assert legal_notices.tidy(now=later + timedelta(seconds=1))["notices"] == 1
    row = LegalNotice.objects.get()
    assert (row.name, row.email) == ("", "")


def test_the_case_tells_what_became_of_earlier_notices_from_the_same_address(warning: Warning, mona: User) -> None:
    Authenticator.objects.create(user=mona, type=Authenticator.Type.TOTP, data={"secret": "x"})
    browser = signed_in(mona)
    for number, act in enumerate((Act.NO_ACTION, Act.NO_ACTION, Act.UNPUBLISH)):
        sent(WarningFactory(slug=f"w{number}"), key=f"00000000-0000-4000-8000-00000000000{number}")
        case = Case.objects.open().get(kind=CaseKind.NOTICE)
        page = browser.get(case.get_absolute_url())
        hints = [one.text for one in elements(page, "ul", class_="hints")]
        assert hints == ([record_of(case.notice, timezone.now())] if number else [])
        assert sender_history(case.notice.email, but=case.notice).decided == number
        decide(actor=mona, case=case, choice=DecisionInput(act, Reason.objects.offered().fitting([act]).first()))
    sent(warning)
    last = Case.objects.open().get(kind=CaseKind.NOTICE)
    [shown] = elements(browser.get(last.get_absolute_url()), "ul", class_="hints")
    assert shown.text == record_of(last.notice, timezone.now())
    known = sender_history(last.notice.email, but=last.notice)
    assert (known.decided, known.left) == (3, 2)


def test_a_notice_about_an_entry_of_the_directory_is_answered_by_a_correction(mona: User, max_: User) -> None:
    tool = Tool.objects.get(slug="dingtalk")
    fields = {"url": f"/tools/{tool.slug}/", "ground": "defamation", "explanation": WHY, "law": ""}
    notice = legal_notices.send_notice(submission_key="k", fields=fields | {"name": "", "email": "ella@example.org"})
    assert notice.case.title == "DingTalk"
    Connection.objects.create(user=max_, tool=tool, words="Seller")
    with refuses(ConflictOfInterestError, "connected"):
        decide(
            actor=max_,
            case=notice.case,
            choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."),
        )
    with refuses(ActionRefusedError, "reason-missing"):
        decide(actor=mona, case=notice.case, choice=DecisionInput(Act.CORRECTED))
    corrected = DecisionInput(
        Act.CORRECTED, reason=reason("not-true"), public_reason="The fact names another source now."
    )
    decide(actor=mona, case=notice.case, choice=corrected)
    notice.refresh_from_db()
    assert notice.is_resolved
    assert notice.decision is not None
    assert code_of(why_not_appeal(notice.decision, None, NOTIFIER, timezone.now())) == "not-concerned"


def test_a_notice_about_a_profile_or_a_picture_leads_to_the_account_or_the_report(
    warning: Warning, bob: User
) -> None:
    picture = Evidence.objects.create(
        report=ReportFactory(warning=warning),
        stored_name="x",
        media_type="image/png",
        width=1,
        height=1,
        size=1,
        position=0,
    )
    for number, (url, column, target) in enumerate(
        (
            (f"/u/{bob.handle}/", "account", bob),
            (f"/evidence/{picture.public_id}/", "report", picture.report),
        )
    ):
        fields = {"url": url, "ground": "other", "explanation": WHY, "law": "", "name": "", "email": ""}
        notice = legal_notices.send_notice(submission_key=f"k{number}", fields=fields)
        assert getattr(notice.case, column) == target
    assert Act.CORRECTED in available_acts(Case.objects.get(account=bob))
    assert Act.UNPUBLISH in available_acts(Case.objects.get(report=picture.report, kind=CaseKind.NOTICE))


def test_flags_on_what_a_notice_took_down_were_right_and_wait_again_when_it_is_undone(
    warning: Warning, bob: User, mona: User
) -> None:
    raised = flag(target=warning, flagger=bob, reason=FlagReason.UNTRUE, detail="")
    sent(warning)
    case = Case.objects.get(kind=CaseKind.NOTICE)
    gone = decide(actor=mona, case=case, choice=DecisionInput(Act.UNPUBLISH, reason=reason("illegal")))
    raised.refresh_from_db()
    assert raised.state == FlagState.UPHELD
    assert not Case.objects.open().exists()
    undo(actor=mona, decision=gone, note="")
    raised.refresh_from_db()
    assert raised.state == FlagState.OPEN
    assert {row.kind for row in Case.objects.open()} == {CaseKind.FLAGS, CaseKind.NOTICE}


def test_who_notified_hears_what_became_of_their_appeal(
    warning: Warning, mona: User, max_: User, letters: list[str]
) -> None:
    receipt = sent(warning)
    kept = decide(
        actor=mona,
        case=Case.objects.get(kind=CaseKind.NOTICE),
        choice=DecisionInput(Act.NO_ACTION, public_reason="Fine."),
    )
    made = appeal(decision=kept, text=WHY, by=None, role=NOTIFIER)
    letters.clear()
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.OVERTURN, public_reason="You were right to appeal."))
    assert letters.count("appeal") == 1
    page = Client().get(receipt)
    assert "You were right to appeal." in page.content.decode()
    assert "undone" in states(page)
