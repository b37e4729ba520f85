"""With an account goes what it wrote and nobody can read, wherever that is kept; nothing of it ever comes back."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.actions.accounts import erase_account
from accounts.models import Notification, User
from audit.models import Entry
from common import worker
from moderation.actions.appeals import appeal
from moderation.actions.cases import open_case
from moderation.actions.decisions import decide, undo
from moderation.actions.flags import flag
from moderation.actions.legal_notices import send_notice
from moderation.choices import Act, CaseKind, FlagReason
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError
from moderation.models import Case, Decision, Flag, LegalNotice
from reports.actions.moderation import retain_evidence
from reports.actions.submissions import withdraw
from reports.actions.vote_fraud import raise_alarms
from reports.actions.warnings import recount, recount_votes, set_tags
from reports.choices import Status
from reports.integrity import problems
from reports.models import Alarm, Comment, Evidence, Report, Warning
from tests.factories import CommentFactory, ReportFactory, UserFactory, WarningFactory
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.moderation.test_redaction import everywhere

pytestmark = pytest.mark.django_db

WORDS = "Zanzibarmarker"
DOWN = (Status.DECLINED, Status.UNPUBLISHED, Status.HIDDEN)


@pytest.fixture
def leaver(db: None) -> User:
    """Somebody whose handle is found wherever it is."""
    user: User = UserFactory(handle="Quillmarker", trust_level="member")
    return user


def with_words(report: Report) -> Report:
    """The report with the marker in all of its texts."""
    Report.objects.filter(pk=report.pk).update(
        proposed_tool=f"{WORDS}tool", remarks={"body": f"What is {WORDS}?"}, amount=5, currency="EUR"
    )
    report.messages.create(by_moderators=False, body=f"It was {WORDS}.")
    return report


def declined(author: User, mona: User) -> Decision:
    report = with_words(waiting_report(author=author, title=f"Made to use {WORDS}", body=f"{WORDS} asked."))
    set_tags(warning=report.warning, names=[WORDS])
    return decide(actor=mona, case=case_of(report), choice=DecisionInput(Act.DECLINE, reason=reason("unclear")))


def published(author: User, mona: User) -> Report:
    report = waiting_report(author=author, title=f"Made to use {WORDS}", body=f"{WORDS} asked.")
    choice = DecisionInput(Act.PUBLISH, title=f"Made to use {WORDS}", body=f"{WORDS} asked, and asked.")
    decide(actor=mona, case=case_of(report), choice=choice)
    return with_words(Report.objects.get(pk=report.pk))


def taken_down(author: User, mona: User) -> Decision:
    """A report that was published with its warning, edited on the way, and taken down with it."""
    report = published(author, mona)
    return decide(actor=mona, case=flagged(report), choice=DecisionInput(Act.UNPUBLISH, reason=reason("not-true")))


def test_what_was_declined_goes_and_its_decision_stays(leaver: User, mona: User) -> None:
    decision = declined(leaver, mona)
    assert {"reports_report.body", "moderation_decision.before", "moderation_case.title"} <= set(everywhere(WORDS))
    appeal(decision=decision, by=leaver, role="author", text=f"But {WORDS}!")
    erase_account(actor=leaver)
    assert everywhere(WORDS) == everywhere("Quillmarker") == []
    decision.refresh_from_db()
    assert (decision.act, decision.reason, decision.title) == (Act.DECLINE, reason("unclear"), "Withdrawn")
    assert not Case.objects.open().exists()


def test_leaving_twice_at_once_is_leaving_once(leaver: User) -> None:
    again = User.objects.get(pk=leaver.pk)
    erase_account(actor=leaver)
    erase_account(actor=again)
    assert Entry.objects.filter(verb="account.erase").count() == 1


def test_what_was_taken_down_goes_and_undoing_brings_nothing_back(leaver: User, mona: User) -> None:
    decision = taken_down(leaver, mona)
    report = Report.objects.get(author=leaver)
    address = report.warning.get_absolute_url()
    notice = {
        "url": address,
        "ground": "other",
        "explanation": "Against the law.",
        "law": "",
        "name": "",
        "email": "",
    }
    send_notice(submission_key="one", fields=notice)
    erase_account(actor=leaver)
    assert everywhere(WORDS) == everywhere("Quillmarker") == []
    with pytest.raises(ActionRefusedError):
        undo(actor=mona, decision=decision, note="It was right after all.")
    report.refresh_from_db()
    assert (report.status, report.warning.status) == (Status.WITHDRAWN, Status.WITHDRAWN)
    assert Client().get(report.warning.get_absolute_url()).status_code == 404
    # Who sent the notice is still answered.
    case = LegalNotice.objects.get().case
    decide(actor=mona, case=case, choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines."))
    assert not Case.objects.open().exists()


@pytest.mark.parametrize("status", DOWN)
def test_a_report_on_what_others_stand_behind_goes_alone(
    status: Status, leaver: User, mona: User, warning: Warning
) -> None:
    report = with_words(ReportFactory(warning=warning, author=leaver, body=f"{WORDS} asked."))
    flag(target=report, flagger=None, reason=FlagReason.UNTRUE, detail="It was another tool.")
    Report.objects.filter(pk=report.pk).update(status=status)
    recount(warning=warning)
    erase_account(actor=leaver)
    assert everywhere(WORDS) == []
    report.refresh_from_db()
    warning.refresh_from_db()
    assert (report.status, warning.status, warning.title) == (
        Status.WITHDRAWN,
        Status.PUBLISHED,
        "A warning by Alice",
    )
    assert not Flag.objects.open().exists()
    assert not Case.objects.open().exists()
    assert list(problems()) == []


@pytest.mark.parametrize("status", (*DOWN, Status.PENDING))
def test_comments_that_are_not_shown_go_and_their_answers_stay(
    status: Status, leaver: User, warning: Warning
) -> None:
    comment = CommentFactory(warning=warning, author=leaver, text=f"{WORDS} too.", status=status)
    answer = CommentFactory(warning=warning, parent=comment, level=1, text="Me too.")
    for row in (comment, answer):
        recount_votes(post=row)
    recount(warning=warning)
    open_case(kind=CaseKind.FLAGS, target=comment)
    before = Client().get(warning.get_absolute_url()).content.decode().count("Deleted")
    erase_account(actor=leaver)
    assert everywhere(WORDS) == []
    comment.refresh_from_db()
    assert (comment.status, Comment.objects.filter(pk=answer.pk).exists()) == (Status.WITHDRAWN, True)
    assert not Case.objects.open().exists()
    assert list(problems()) == []
    assert Client().get(warning.get_absolute_url()).content.decode().count("Deleted") == before


def test_what_is_published_stays_and_what_its_warning_hides_goes(leaver: User, mona: User, warning: Warning) -> None:
    shown = ReportFactory(warning=warning, author=leaver, body="Shown to all.")
    hidden = WarningFactory(author=leaver, title="Stays", summary=f"{WORDS} asked.")
    mine = ReportFactory(warning=hidden, author=leaver, body=f"{WORDS} asked.")
    theirs = ReportFactory(warning=hidden, author=UserFactory(), body="It happened to me as well.")
    said = CommentFactory(warning=hidden, author=leaver, text=f"{WORDS} again.")
    decision = decide(actor=mona, case=flagged(hidden), choice=DecisionInput(Act.HIDE, reason=reason("not-true")))
    recount_votes(post=said)
    for row in (warning, hidden):
        row.refresh_from_db()
        recount(warning=row)
    erase_account(actor=leaver)
    assert everywhere(WORDS) == []
    worker.run_pending()
    undo(actor=mona, decision=decision, note="It is true.")
    for row in (shown, mine, theirs, said, hidden):
        row.refresh_from_db()
    assert (shown.body, shown.status) == ("Shown to all.", Status.PUBLISHED)
    assert (hidden.status, hidden.title, hidden.report_count) == (Status.PUBLISHED, "Stays", 1)
    assert (mine.status, said.status, theirs.status) == (Status.WITHDRAWN, Status.WITHDRAWN, Status.PUBLISHED)
    assert list(problems()) == []


def test_pictures_stay_as_long_as_they_are_held_and_no_longer(
    leaver: User, tmp_path: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"evidence": {"BACKEND": backend, "OPTIONS": {"location": tmp_path}}}
    for number in range(2):
        report = waiting_report(author=leaver, title=f"Waits {number}")
        name = storages["evidence"].save(f"{number}.png", ContentFile(b"pixels"))
        report.evidence.create(
            stored_name=name, media_type="image/png", width=1, height=1, size=6, sha256="0" * 64, alt_text=WORDS
        )
    retain_evidence(report=report, until=timezone.localdate() + timedelta(days=3))
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(actor=leaver)
    [left] = Evidence.objects.all()
    assert (left.report, left.alt_text, [file.name for file in tmp_path.iterdir()]) == (
        report,
        "",
        [left.stored_name],
    )
    with time_machine.travel(timezone.now() + timedelta(days=4)), django_capture_on_commit_callbacks(execute=True):
        call_command("tidy", verbosity=0)
    assert (list(Evidence.objects.all()), list(tmp_path.iterdir())) == ([], [])


def test_the_name_goes_from_cases_decisions_and_alarms_about_the_account(leaver: User, mona: User) -> None:
    public_reason = "Quillmarker, this attacks somebody. It is quillmarker's third time; the Quillmarkers are others."
    choice = DecisionInput(
        Act.WARN, reason=reason("attacks-people"), public_reason=public_reason, note="See Quillmarker's comments"
    )
    decide(actor=mona, case=open_case(kind=CaseKind.ACCOUNT, target=leaver), choice=choice)
    other = UserFactory(handle="Friend")
    for one, two in ((leaver, other), (other, leaver)):
        for comment in [CommentFactory(author=one) for _ in range(8)]:
            comment.votes.create(user=two)
    assert raise_alarms(now=timezone.now()) == 1
    assert "Quillmarker" in Alarm.objects.get().evidence["accounts"]
    assert Notification.objects.filter(recipient=mona, address="/u/Friend/").exists()
    erase_account(actor=other)
    erase_account(actor=leaver)
    decision = Decision.objects.get(act=Act.WARN)
    assert (decision.title, decision.case and decision.case.title) == ("former member", "former member")
    assert decision.public_reason.startswith("former member, this attacks somebody. It is former member's third time")
    assert decision.note == "See former member's comments"
    Decision.objects.update(public_reason=decision.public_reason.replace("Quillmarkers", ""))
    assert everywhere("Quillmarker") == []
    assert everywhere("/u/Friend/") == []
    assert Alarm.objects.get().evidence["accounts"] == ["former member", "former member"]


def test_of_a_report_that_is_taken_back_the_desk_keeps_no_copy(leaver: User, mona: User) -> None:
    report = with_words(waiting_report(author=leaver, title=f"Made to use {WORDS}", body=f"{WORDS} asked."))
    decide(
        actor=mona, case=case_of(report), choice=DecisionInput(Act.REQUEST_CHANGES, question="Which month was it?")
    )
    assert "moderation_decision.after" in everywhere(WORDS)
    withdraw(report=report)
    assert everywhere(WORDS) == []
