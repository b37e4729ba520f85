"""Moderators, authors and vendors read what was asked, what waits and what a decision does."""

import uuid
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from directory.models import Tool
from moderation.actions.cases import open_case
from moderation.actions.decisions import decide, undo
from moderation.actions.flags import flag
from moderation.actions.legal_notices import send_notice
from moderation.actions.statements import verify_statement, withdraw_statement
from moderation.choices import Act, CaseKind, CaseState, FlagReason, NoticeGround, StatementState
from moderation.decisions.available import available_acts, closes
from moderation.decisions.input import DecisionInput
from moderation.errors import ActionRefusedError
from moderation.forms.cases import DecisionForm
from moderation.models import Case, Decision, Flag, LegalNotice, Statement
from moderation.queue.case_page import case_page
from moderation.spam_scores import hints_about
from reports.models import Message, Report, Warning
from tests.factories import CommentFactory, ReportFactory, SourceFactory, UserFactory, WarningFactory
from tests.moderation.making import case_of, flagged, reason, waiting_report
from tests.moderation.test_legal_notices import WHY, filled, sent
from tests.moderation.test_statements import BODY, begun, link_in_mail
from tests.pages_under_test import links, part, parts, refuses, states
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db


# What an author was asked.

ODD = "Which <b>month</b>?\n\n& “where”, \u202eabc\u202c 😀"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"question": "Which month was it?"}, ["Which month was it?"]),
        ({"remark_body": "Say more."}, ["What happened", "Say more."]),
        ({"question": "Both?", "remark_body": "One.", "remark_title": "Two."}, ["Both?", "One.", "Two."]),
        ({"question": ODD}, ["Which <b>month</b>?", "& “where”"]),
        ({"reason": "unclear"}, []),
    ],
)
def test_what_was_asked_is_shown_afterwards(
    desk: Client, alice: User, fields: dict[str, str], said: list[str]
) -> None:
    report = waiting_report(author=alice)
    case = case_of(report)
    answer = desk.post(case.get_absolute_url(), {"act": "ask", **fields})
    assert answer.status_code == 302, answer.content.decode()
    decision = Decision.objects.get()
    Report.objects.filter(pk=report.pk).update(remarks={})
    words = " ".join(part(desk.get(decision.get_absolute_url()), "asked").split())
    for expected in said or [reason("unclear").text]:
        assert " ".join(expected.split()) in words
    body = Message.objects.get(report=report).body
    assert body in [message.body for message in case_page(case)["messages_of_report"]]
    assert (
        signed_in(alice).get(f"/accounts/reports/{report.public_id}/").context["report"].messages.get().body == body
    )


def test_a_question_that_was_taken_back_is_not_shown(mona: User, desk: Client) -> None:
    report = waiting_report()
    asks = DecisionInput(Act.REQUEST_CHANGES, remarks={"body": "Say more."}, labels={"body": "What happened"})
    decision = decide(actor=mona, case=case_of(report), choice=asks)
    undo(actor=mona, decision=decision, note="Too fast.")
    assert "asked" not in parts(desk.get(decision.get_absolute_url()))


# Statements of vendors.


def shown(mona: User, **changes: str) -> Statement:
    row = begun(**changes)
    decide(actor=mona, case=verify_statement(statement=row, proof="mail"), choice=DecisionInput(Act.PUBLISH))
    row.refresh_from_db()
    return row


def tool_page() -> str:
    return Client().get("/tools/dingtalk/").content.decode()


def test_a_vendor_withdraws_a_statement_with_the_link_in_the_mail(mona: User) -> None:
    row = shown(mona)
    link = link_in_mail()
    assert BODY in tool_page()
    Client().post(link, {"withdraw": "mail"})
    row.refresh_from_db()
    assert row.state == StatementState.WITHDRAWN
    assert BODY not in tool_page()
    assert "withdrawn" in states(Client().get(f"/statements/{row.public_id}/"))


@pytest.mark.parametrize("link", ["wrong/", ""])
def test_who_only_knows_the_address_of_a_statement_withdraws_nothing(
    mona: User, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that proved a statement names it, and everybody can read that file."""
    row = shown(mona)
    monkeypatch.setattr("moderation.views.statements.fetch_text", lambda host, path: f"{row.public_id}\n")
    assert Client().post(f"/statements/{row.public_id}/{link}", {"withdraw": "x"}).status_code in (404, 422)
    row.refresh_from_db()
    assert row.state == StatementState.PUBLISHED


def test_a_file_withdraws_a_statement_too(mona: User, monkeypatch: pytest.MonkeyPatch) -> None:
    row = shown(mona)
    line = Client().get(f"/statements/{row.public_id}/").context["withdrawal"]
    monkeypatch.setattr("moderation.views.statements.fetch_text", lambda host, path: f"\n{line}\n")
    for _ in range(2):
        Client().post(f"/statements/{row.public_id}/", {"withdraw": "file"})
    row.refresh_from_db()
    assert row.state == StatementState.WITHDRAWN


def test_withdrawing_what_waits_closes_its_case() -> None:
    row = begun()
    case = verify_statement(statement=row, proof="mail")
    assert withdraw_statement(statement=row)
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED


@pytest.mark.parametrize("state", [StatementState.UNVERIFIED, StatementState.DECLINED, StatementState.REPLACED])
def test_what_is_not_shown_and_does_not_wait_is_not_withdrawn(
    state: StatementState, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = begun()
    Statement.objects.filter(pk=row.pk).update(state=state)
    assert not withdraw_statement(statement=row)
    monkeypatch.setattr("moderation.views.statements.fetch_text", lambda host, path: f"withdraw {row.public_id}")
    assert Client().post(f"/statements/{row.public_id}/", {"withdraw": "file"}).context["problem"].code
    row.refresh_from_db()
    assert row.state == state


def test_undoing_never_shows_a_withdrawn_statement_again(mona: User) -> None:
    first = shown(mona, body="Statement number 0.")
    second = shown(mona, body="Statement number 1.")
    withdraw_statement(statement=second)
    with refuses(ActionRefusedError, "withdrawn"):
        undo(actor=mona, decision=Decision.objects.latest("pk"), note="Wrong.")
    Statement.objects.filter(pk=second.pk).update(state=StatementState.PUBLISHED)
    Statement.objects.filter(pk=first.pk).update(state=StatementState.WITHDRAWN)
    undo(actor=mona, decision=Decision.objects.latest("pk"), note="Wrong.")
    assert "Statement number 0." not in tool_page()


def test_a_correction_begins_with_what_is_shown_and_takes_its_place(mona: User) -> None:
    shown(mona)
    form = Client().get("/tools/dingtalk/statement/").context["form"]
    assert (form["body"].value(), form["speaker"].value()) == (BODY, "The DingTalk team")
    shown(mona, body="Corrected.")
    assert BODY not in tool_page()


# The address of a notice.


@pytest.mark.parametrize("path", ["/tools/dingtalk/", "/warnings/{slug}/", "/warnings/{slug}/history/", "/u/Alice/"])
def test_the_link_to_the_form_for_notices_carries_the_address(path: str, warning: Warning) -> None:
    path = path.format(slug=warning.slug)
    found = {address for address in links(Client().get(path)) if address.startswith("/notice/")}
    assert len(found) >= 1
    for address in found:
        assert Client().get(address).context["form"]["url"].value() == path


@pytest.mark.parametrize(
    "path", ["/", "/about/", "/search/?q=secret", "/track/abcd/", "/nowhere/", "/accounts/login/"]
)
def test_other_pages_put_no_address_into_it(path: str) -> None:
    found = {address for address in links(Client().get(path)) if "/notice/" in address}
    assert found == {"/notice/"}


# The same notice twice.


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"explanation": f"  {WHY.upper()}\r\n"},
        {"explanation": WHY.replace(" ", "\n")},
        {"email": "ELLA@example.org"},
        {"url": "/warnings/{slug}/?page=2"},
        {"url": "http://testserver/warnings/{slug}/"},
    ],
)
def test_the_same_notice_from_another_browser_is_one_case(
    warning: Warning, settings: Any, changes: dict[str, str]
) -> None:
    settings.PUBLIC_URL = "http://testserver"
    first = sent(warning)
    mail.outbox.clear()
    changes = {name: value.format(slug=warning.slug) for name, value in changes.items()}
    again = Client(REMOTE_ADDR="192.0.2.77")
    answer = again.post("/notice/", filled(warning, key=str(uuid.uuid4()), **changes))
    assert answer.headers["Location"] == first
    assert Case.objects.filter(kind=CaseKind.NOTICE).count() == LegalNotice.objects.count() == 1
    assert mail.outbox == []


@pytest.mark.parametrize(
    "changes",
    [{"email": "other@example.org"}, {"ground": "privacy"}, {"name": "E. Example"}, {"explanation": f"{WHY} More."}],
)
def test_another_notice_is_another_case(warning: Warning, changes: dict[str, str]) -> None:
    assert sent(warning) != sent(warning, key=str(uuid.uuid4()), **changes)
    assert Case.objects.filter(kind=CaseKind.NOTICE).count() == 2


def test_the_same_words_about_something_else_are_another_case(warning: Warning) -> None:
    assert sent(warning) != sent(WarningFactory(), key=str(uuid.uuid4()))
    assert sent(warning, url="/about/", key=str(uuid.uuid4())) != sent(
        warning, url="/about/privacy/", key=str(uuid.uuid4())
    )


def test_nameless_notices_are_never_one(warning: Warning) -> None:
    nameless = {"ground": "abuse", "name": "", "email": ""}
    first = sent(warning, **nameless)
    assert sent(warning, **nameless) == first
    other = Client(REMOTE_ADDR="192.0.2.77").post("/notice/", filled(warning, key=str(uuid.uuid4()), **nameless))
    assert other.headers["Location"] != first
    assert LegalNotice.objects.count() == 2


@pytest.mark.parametrize(
    "changes", [{"explanation": f"{WHY} More."}, {"url": "/tools/zoom/"}, {"name": "Eve Example"}]
)
def test_another_notice_with_the_key_of_the_first_is_stored(warning: Warning, changes: dict[str, str]) -> None:
    first = sent(warning)
    assert sent(warning, **changes) != first
    assert LegalNotice.objects.count() == 2


@pytest.mark.parametrize("url", ["http://[::1/x", "//[", "http://a\u2100b.com/", "http://[v1.x]/", "]["])
def test_an_address_that_is_none_is_refused_in_words(warning: Warning, url: str) -> None:
    answer = Client().post("/notice/", filled(warning, url=url))
    assert answer.status_code == 422
    assert "url" in answer.context["form"].errors


def test_after_a_decision_the_same_notice_is_a_new_one(warning: Warning, mona: User) -> None:
    sent(warning)
    kept = DecisionInput(Act.NO_ACTION, reason=reason("not-shown-to-be-illegal"))
    decide(actor=mona, case=Case.objects.get(kind=CaseKind.NOTICE), choice=kept)
    Client(REMOTE_ADDR="192.0.2.77").post("/notice/", filled(warning, key=str(uuid.uuid4())))
    assert Case.objects.filter(kind=CaseKind.NOTICE).count() == 2


def test_the_same_notice_at_the_same_moment_is_one(warning: Warning, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {"url": warning.get_absolute_url(), "ground": NoticeGround.OTHER, "explanation": WHY, "law": ""}
    fields |= {"name": "Ella Example", "email": "ella@example.org"}
    first = send_notice(submission_key="a", fields=fields)

    class Blind(type(LegalNotice.objects.all())):  # type: ignore[misc]
        """Does not see the first notice, which another transaction stores at this moment."""

        def first(self) -> Any:
            return None

    with monkeypatch.context() as patch:
        patch.setattr(LegalNotice._default_manager, "_queryset_class", Blind)
        again = send_notice(submission_key="b", fields=fields)
    assert again.pk == first.pk
    assert Case.objects.filter(kind=CaseKind.NOTICE).count() == 1


# What a case shows.


def test_flags_that_wait_stand_before_settled_ones(warning: Warning, mona: User) -> None:
    people = UserFactory.create_batch(4)
    for person in people[:2]:
        flag(target=warning, flagger=person, reason=FlagReason.UNTRUE, detail="")
    kept = DecisionInput(Act.NO_ACTION, reason=reason("keeps-to-the-rules"))
    decide(actor=mona, case=case_of(warning), choice=kept)
    for person in people[2:]:
        flag(target=warning, flagger=person, reason=FlagReason.SPAM, detail="")
    Flag.objects.filter(flagger=people[0]).update(at="2999-01-01T00:00Z")
    assert [row.flagger for row in case_page(case_of(warning))["flags"]] == [
        people[3],
        people[2],
        people[0],
        people[1],
    ]


SPAM = "BEST ESSAYS CHEAP, first order free, https://bit.ly/xyz https://essays.example"


def spam_targets() -> list[Any]:
    warning = WarningFactory(title="Essays", author=None)
    report = ReportFactory(warning=warning, author=None, body=SPAM)
    comment = CommentFactory(author=UserFactory(), text=SPAM)
    return [warning, report, comment]


@pytest.mark.parametrize("number", range(3), ids=["warning", "report", "comment"])
def test_hints_of_spam_stand_on_a_flagged_post_before_any_decision(number: int) -> None:
    target = spam_targets()[number]
    hints = case_page(flagged(target))["hints"]
    assert any("bit.ly" in hint for hint in hints)
    assert len(hints) == len(set(hints))


def test_an_honest_post_and_an_entry_have_no_such_hints(warning: Warning) -> None:
    assert hints_about(warning, timezone.now()) == []
    assert hints_about(Tool.objects.first(), timezone.now()) == []


@pytest.mark.parametrize("target", ["warning", "report", "comment", "source", "account", "notice"])
def test_each_decision_says_before_if_the_case_stays_open(target: str, warning: Warning, mona: User) -> None:
    if target == "notice":
        sent(warning)
        case = Case.objects.get(kind=CaseKind.NOTICE)
    elif target == "account":
        case = open_case(kind=CaseKind.ACCOUNT, target=UserFactory())
    elif target == "source":
        case = open_case(kind=CaseKind.SOURCE, target=SourceFactory())
    else:
        makers: dict[str, Any] = {"report": waiting_report, "comment": CommentFactory}
        made = makers[target]() if target in makers else warning
        case = case_of(made) if target == "report" else flagged(made)
    labels = dict(DecisionForm(case).fields["act"].choices)  # type: ignore[attr-defined]
    for act in available_acts(case):
        assert (labels[act] == act.label) == closes(act, case.kind)
