"""Statements of vendors, proved by a mail to the domain or a file on it."""

import html
import re
import socket
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from common.http import safe_http
from common.urls import mailbox_at
from directory.models import Tool
from moderation.actions.decisions import decide, undo
from moderation.actions.legal_notices import tidy
from moderation.actions.statements import UNVERIFIED_KEPT, verify_statement
from moderation.choices import Act, StatementState
from moderation.decisions.input import DecisionInput
from moderation.models import Appeal, Case, Statement
from reports.models import Warning
from tests.moderation.making import reason
from tests.pages_under_test import codes, elements, part, parts, refuses, states

pytestmark = pytest.mark.django_db

WHY = "The second paragraph says that our support reads private chats. It does not, and the source does not say so."


BODY = "Read receipts can be switched off since version 7; see our help pages."


def begun(**changes: str) -> Statement:
    domain = Tool.objects.get(slug="dingtalk").domains.first()
    assert domain is not None
    fields = {
        "speaker": "The DingTalk team",
        "domain": domain.domain,
        "email": f"press@{domain.domain}",
        "body": BODY,
    }
    answer = Client().post("/tools/dingtalk/statement/", fields | changes)
    assert answer.status_code == 302, answer.content.decode()
    return Statement.objects.latest("pk")


def link_in_mail() -> str:
    found = re.search(r"(/statements/\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def test_a_statement_proved_by_mail_is_shown_after_a_moderator_looked_at_its_form(mona: User) -> None:
    row = begun()
    assert BODY not in Client().get("/tools/dingtalk/").content.decode()
    browser = Client()
    assert elements(browser.get(link_in_mail()), "form", method="post")
    row.refresh_from_db()
    assert row.state == StatementState.UNVERIFIED
    browser.post(link_in_mail())
    browser.post(link_in_mail())
    row.refresh_from_db()
    assert (row.state, row.proof, row.email) == (StatementState.PENDING, "mail", "")
    [case] = Case.objects.open()
    decision = decide(actor=mona, case=case, choice=DecisionInput(Act.PUBLISH))
    assert BODY in Client().get("/tools/dingtalk/").content.decode()
    undo(actor=mona, decision=decision, note="")
    assert BODY not in Client().get("/tools/dingtalk/").content.decode()


def test_a_newer_statement_takes_the_place_of_the_one_before(mona: User) -> None:
    texts = []
    for number in range(2):
        row = begun(body=f"Statement number {number}.")
        case = verify_statement(statement=row, proof="mail")
        texts.append(decide(actor=mona, case=case, choice=DecisionInput(Act.PUBLISH)))
    page = Client().get("/tools/dingtalk/").content.decode()
    assert "Statement number 1." in page
    assert "Statement number 0." not in page
    undo(actor=mona, decision=texts[1], note="")
    assert "Statement number 0." in Client().get("/tools/dingtalk/").content.decode()


def test_a_declined_statement_tells_its_sender_why(mona: User) -> None:
    row = begun()
    case = verify_statement(statement=row, proof="mail")
    decide(actor=mona, case=case, choice=DecisionInput(Act.DECLINE, reason=reason("advertises-itself")))
    page = Client().get(f"/statements/{row.public_id}/").content.decode()
    assert html.escape(reason("advertises-itself").text) in page


def test_a_wrong_link_proves_nothing() -> None:
    row = begun()
    assert Client().post(f"/statements/{row.public_id}/wrong/").status_code == 404
    row.refresh_from_db()
    assert row.state == StatementState.UNVERIFIED


def test_a_file_on_the_domain_proves_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    row = begun(email="")
    files = {"text": "another text"}
    monkeypatch.setattr("moderation.views.statements.fetch_text", lambda host, path: files["text"])
    refused = Client().post(f"/statements/{row.public_id}/")
    assert refused.context["problem"].code == "no-line"
    assert refused.context["problem"] in refused.content.decode()
    files["text"] = f"\n{row.public_id}\n"
    Client().post(f"/statements/{row.public_id}/")
    row.refresh_from_db()
    assert (row.state, row.proof) == (StatementState.PENDING, "file")


@pytest.mark.parametrize(
    "changes", [{"domain": "example.org"}, {"email": "me@gmail.com"}, {"body": ""}, {"website": "x"}]
)
def test_a_statement_needs_the_vendors_domain_and_a_text(changes: dict[str, str]) -> None:
    domain: Any = Tool.objects.get(slug="dingtalk").domains.first()
    fields = {"speaker": "We", "domain": domain.domain, "email": "", "body": BODY} | changes
    assert Client().post("/tools/dingtalk/statement/", fields).status_code == 422


@pytest.mark.parametrize(
    "email",
    [
        *(
            '"a@evil.example"@dingtalk.com',
            '"a b"@dingtalk.com',
            "a%evil.example@dingtalk.com",
            "evil.example!a@dingtalk.com",
        ),
        *("a@sub.dingtalk.com", "a@mail.www.dingtalk.com", "a@dingtalk.com.evil.example", "a@evildingtalk.com"),
        *("a@dingtalk.co", "a@dingta1k.com", "a@dıngtalk.com", "a@evil.example@dingtalk.com", "a@[127.0.0.1]"),
    ],
)
def test_an_address_elsewhere_proves_no_domain(email: str) -> None:
    fields = {"speaker": "We", "domain": "dingtalk.com", "email": email, "body": BODY}
    answer = Client().post("/tools/dingtalk/statement/", fields)
    assert answer.status_code == 422
    assert set(codes(answer.context["form"])) == {"email"}
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("domain", "email", "sent_to"),
    [
        ("dingtalk.com", "press@DingTalk.com", "press@dingtalk.com"),
        ("dingtalk.com", "p.r+x@www.dingtalk.com", "p.r+x@www.dingtalk.com"),
        ("bücher.example", "press@xn--bcher-kva.example", "press@xn--bcher-kva.example"),
        ("bücher.example", "press@Bücher.example", "press@xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "press@bücher.example", "press@xn--bcher-kva.example"),
    ],
)
def test_an_address_at_the_domain_proves_it_in_any_spelling(domain: str, email: str, sent_to: str) -> None:
    Tool.objects.filter(slug="dingtalk").update(website=f"https://{domain}/")
    begun(domain=domain, email=email)
    assert mail.outbox[-1].to == [sent_to]


@pytest.mark.parametrize(
    ("email", "domain"), [("a@straße.example", "strasse.example"), ("a@x..y", "x.y"), ("a@", ""), ("", "x.y")]
)
def test_what_is_no_domain_is_compared_with_none(email: str, domain: str) -> None:
    assert mailbox_at(email, domain) == ""


def test_statements_nobody_proved_are_taken_back_or_thrown_away() -> None:
    row = begun()
    Client().post(f"/statements/{row.public_id}/drop/")
    assert not Statement.objects.exists()
    begun()
    until = Statement.objects.get().at + UNVERIFIED_KEPT
    assert tidy(now=until)["statements"] == 0
    assert tidy(now=until + timedelta(seconds=1))["statements"] == 1


def test_a_vendor_appeals_against_the_refusal_of_its_statement(mona: User, max_: User) -> None:
    row = begun()
    case = verify_statement(statement=row, proof="mail")
    address = f"/statements/{row.public_id}/"
    assert "appeal" not in parts(Client().get(address))
    decide(actor=mona, case=case, choice=DecisionInput(Act.DECLINE, reason=reason("advertises-itself")))
    assert "appeal" in parts(Client().get(address))
    assert Client().post(address, {"text": WHY}).status_code == 302
    assert Client().post(address, {"text": WHY}).status_code == 422
    made = Appeal.objects.get()
    assert "speaker" not in parts(Client().get("/tools/dingtalk/"))
    decide(actor=max_, case=made.case, choice=DecisionInput(Act.OVERTURN, public_reason="It may say that."))
    page = Client().get(address)
    assert "It may say that." in page.content.decode()
    assert "undone" in states(page)
    row.refresh_from_db()
    assert row.state == StatementState.PENDING


def test_what_a_vendor_states_stands_beside_warnings_about_its_tool_too(warning: Warning, mona: User) -> None:
    row = begun()
    case = verify_statement(statement=row, proof="mail")
    decide(actor=mona, case=case, choice=DecisionInput(Act.PUBLISH))
    assert "speaker" not in parts(Client().get(warning.get_absolute_url()))
    warning.tools.add(row.tool)
    page = Client().get(warning.get_absolute_url())
    assert row.domain in part(page, "speaker")
    assert str(row.safe_body) in page.content.decode()


PRIVATE = (
    "127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.254 192.168.0.1 169.254.169.254"
    " 100.64.0.1 192.0.2.1 198.51.100.7 203.0.113.9 198.18.0.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255"
    " ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd12:3456::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254"
    " 2002:7f00:1:: 2002:a00:1:: 2001:0:4136:e378:8000:63bf:80ff:fffe 2001:db8::1 64:ff9b:1::1 64:ff9b::7f00:1 nonsense 1 0x7f000001"
).split()


@pytest.mark.parametrize("address", PRIVATE)
def test_nothing_is_fetched_from_an_address_that_is_not_public(address: str) -> None:
    with refuses(safe_http.FetchError, "not-public"):
        safe_http.fetch_text("vendor.example", "/x", resolve=lambda host, port: [address])


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with refuses(safe_http.FetchError, "not-public"):
        safe_http.public_address("vendor.example", lambda host, port: ["93.184.216.34", "127.0.0.1"])
    assert safe_http.public_address("vendor.example", lambda host, port: ["93.184.216.34"]) == "93.184.216.34"


def slow(connection: socket.socket, timeout: float) -> socket.socket:
    connection.settimeout(timeout)
    return connection


@pytest.mark.parametrize("sent", [b"", b"\x16", b"HTTP/1.1 200 OK\r\n", b"\x16\x03\x03\x40\x00" + b"\x02" * 9])
def test_a_server_that_takes_its_time_holds_no_thread(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step may take five seconds, so a byte now and then would never end."""
    monkeypatch.setattr(safe_http, "_MOST_SECONDS", 0.1)
    monkeypatch.setattr(safe_http, "_SECONDS", 60.0)
    monkeypatch.setattr(safe_http, "is_public", lambda address: True)
    monkeypatch.setattr(socket.socket, "getpeername", lambda connection: ("93.184.216.34", 443))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(sent)
        monkeypatch.setattr(socket, "create_connection", lambda address, timeout: slow(ours, timeout))
        with refuses(safe_http.FetchError, "no-answer"):
            safe_http.fetch_text("vendor.example", "/x", resolve=lambda host, port: ["93.184.216.34"])


def test_a_name_that_changes_its_mind_is_caught_at_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    class Rebound:
        def __enter__(self) -> "Rebound":
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def getpeername(self) -> tuple[str, int]:
            return ("127.0.0.1", 443)

    monkeypatch.setattr("common.http.safe_http.socket.create_connection", lambda *_, **__: Rebound())
    with refuses(safe_http.FetchError, "not-public"):
        safe_http.fetch_text("vendor.example", "/x", resolve=lambda host, port: ["93.184.216.34"])


@pytest.mark.parametrize("problem", [OSError("no such name"), UnicodeError("label too long")])
def test_a_name_that_does_not_exist_is_said_to(problem: Exception) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise problem

    with refuses(safe_http.FetchError, "no-server"):
        safe_http.fetch_text("no.example", "/x", resolve=resolve)


def test_a_server_that_answers_nothing_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("common.http.safe_http.socket.create_connection", refused)
    with pytest.raises(safe_http.FetchError, match="did not answer as expected: ConnectionRefusedError"):
        safe_http.fetch_text("vendor.example", "/x", resolve=lambda host, port: ["93.184.216.34"])
