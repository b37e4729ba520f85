"""What people entrust to the site is where docs/data_map.yml says, and nowhere else: markers sent through every flow."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.core import mail
from django.db import connection
from django.db.models import AutoField
from django.test import Client
from django.utils import timezone

from accounts.models import Session, User
from common import worker
from config import BASE_DIR
from moderation.actions.decisions import decide
from moderation.actions.invitations import invite
from moderation.actions.legal_threats import record_legal_threat
from moderation.actions.proposed_tools import set_aside
from moderation.actions.referrals import record_referral
from moderation.choices import Act, CaseKind
from moderation.decisions.input import DecisionInput
from moderation.models import Case
from reports.models import Report, Warning
from tests.factories import UserFactory
from tests.sitemap_of_tests import FOUNDING

pytestmark = pytest.mark.django_db

MAP: dict[str, Any] = yaml.safe_load((BASE_DIR / "docs/data_map.yml").read_text(encoding="utf-8"))
TABLES: dict[str, Any] = MAP.pop("tables")
NOBODY: list[str] = TABLES.pop("nobody")
MARKERS = {
    "network address": "203.0.113.77",
    "browser name": "Markerbrowser",
    "password": "marker-battery-staple-77",
    "e-mail address": "marker77@example.org",
    "handle": "Markerhandle77",
    "text of a report that waits": "markerreport77",
    "tool that is not in the directory": "zorblaxtool",
    "title and text of a report that was taken back": "markertaken77",
    "text of a draft": "markerdraft77",
    "comment that waits": "markerremark77",
    "message to moderators": "markermessage77",
    "text of a suggested edit": "markeredit77",
    "what an edit is for": "markercomment77",
    "text of a suggested change of the directory": "markerentry77",
    "connection to a tool": "markerconnection77",
    "detail of a flag": "markerflag77",
    "what an authority was told of a danger": "markerdanger77",
    "what a threat against the site said": "markerthreat77",
    "who threatened the site": "Markerthreatener77",
    "text of an appeal": "markerappeal77",
    "explanation of a legal notice": "markernotice77",
    "name on a legal notice": "Markernotifier77",
    "address on a legal notice": "markernotifies77@example.org",
    "address on a statement": "markervendor77@dingtalk.com",
}


@pytest.fixture
def sent(caplog: pytest.LogCaptureFixture, settings: Any) -> dict[str, str]:
    """Every flow with the markers in it; returns the secrets that the site made up on the way."""
    caplog.set_level(logging.DEBUG)
    settings.DELIVERY_BACKEND, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "common.mail.QueuedBackend"
    with_markers: Any = {"REMOTE_ADDR": MARKERS["network address"], "HTTP_USER_AGENT": MARKERS["browser name"]}
    member, stranger = Client(**with_markers), Client(**with_markers)
    password, email = MARKERS["password"], MARKERS["e-mail address"]
    member.post("/accounts/signup/", {"username": MARKERS["handle"], "password1": password, "email": email})
    member.post("/accounts/logout/")
    member.post("/accounts/login/", {"login": MARKERS["handle"], "password": "wrong wrong wrong"})
    member.post("/accounts/password/reset/", {"email": email})
    member.post("/accounts/login/", {"login": MARKERS["handle"], "password": password})
    member.post("/accounts/reauthenticate/", {"password": password})
    for address in ("/accounts/export/", "/accounts/sessions/", "/search/?q=dingtalk", "/api/v1/search?q=zoom"):
        member.get(address)
    body = (
        f"They asked for {MARKERS['text of a report that waits']} and read every message that I wrote, all day long."
    )
    form = {
        "tools": MARKERS["tool that is not in the directory"],
        "title": "Made to install a messenger",
        "body": body,
        "outcome": "refused",
        "act": "send",
    }
    member.post("/report/", form)
    code = stranger.post("/report/", form, follow=True).context["code"]
    correction = {**form, "act": "correct", "answer": MARKERS["message to moderators"]}
    assert stranger.post(f"/track/{code}/", correction).status_code == 302
    stranger.post("/track/", {"code": code})
    taken = MARKERS["title and text of a report that was taken back"]
    again = {
        **form,
        "title": f"They wanted {taken}",
        "body": f"{body} And {taken}.",
        "tags": taken,
        "tools": taken,
    }
    taken_code = stranger.post("/report/", again, follow=True).context["code"]
    assert stranger.post(f"/track/{taken_code}/", {"act": "withdraw"}).status_code == 302
    stranger.post("/report/draft/", {"title": "Begun", "body": MARKERS["text of a draft"]})
    suggest(member)
    stranger.get("/no/such/page/")
    founding = f"/warnings/{FOUNDING}/"
    member.post(f"{founding}comments/", {"body": f"I saw {MARKERS['comment that waits']} as well."})
    member.post(f"{founding}vote/", {"act": "vote"})
    member.post(f"/watch/warning/{FOUNDING}/", {"act": "watch"})
    member.post("/accounts/watches/feed/")
    member.post("/accounts/notices/choose/", {"digest": "daily", "wanted": [], "mailed": []})
    assert Report.objects.filter(founding=False).count() == 3
    notice_code = complain(member, stranger)
    worker.run_pending()
    secret = stranger.cookies["__Host-draft"].value
    _, token = invite(actor=UserFactory(trust_level="administrator"))
    assert stranger.get(f"/invitation/{token}/").status_code == 200
    secrets = {"tracking code": code, "draft secret": secret, "code of a legal notice": notice_code}
    return secrets | {"link of an invitation": token}


def complain(member: Client, stranger: Client) -> str:
    """Flag, appeal, notify of something illegal and state something; return the code of the notice."""
    founding = Warning.objects.get(slug=FOUNDING)
    member.post(f"/flag/warning/{FOUNDING}/", {"reason": "untrue", "detail": MARKERS["detail of a flag"]})
    moderator = UserFactory(trust_level="moderator")
    case = Case.objects.open().get(warning=founding, kind=CaseKind.FLAGS)
    decide(
        actor=moderator, case=case, choice=DecisionInput(Act.NO_ACTION, public_reason="It keeps to the guidelines.")
    )
    set_aside(actor=moderator, name=MARKERS["tool that is not in the directory"])
    record_referral(
        actor=moderator,
        case=case,
        authority="Police",
        reference="1",
        words=MARKERS["what an authority was told of a danger"],
        told_at=timezone.now(),
    )
    threat = {"kind": "letter", "received_on": timezone.localdate(), "about": f"/warnings/{FOUNDING}/"}
    threat |= {
        "sender": MARKERS["who threatened the site"],
        "words": MARKERS["what a threat against the site said"],
    }
    record_legal_threat(actor=moderator, fields=threat)
    flag = founding.flags.get()
    assert member.post(f"/flags/{flag.public_id}/", {"text": MARKERS["text of an appeal"]}).status_code == 302
    notice = {
        "url": f"/warnings/{FOUNDING}/",
        "ground": "other",
        "explanation": f"{MARKERS['explanation of a legal notice']} is against the law in several places of it.",
        "name": MARKERS["name on a legal notice"],
        "email": MARKERS["address on a legal notice"],
        "good_faith": "on",
    }
    receipt = stranger.post("/notice/", notice).headers["Location"]
    stranger.get(receipt)
    statement = {"speaker": "They", "domain": "dingtalk.com", "email": MARKERS["address on a statement"], "body": "x"}
    assert stranger.post("/tools/dingtalk/statement/", statement).status_code == 302
    return str(receipt.strip("/").rpartition("/")[2])


def suggest(member: Client) -> None:
    """Declare a connection, then suggest an edit of the tool and of the founding warning."""
    declared = {"tool": "dingtalk", "words": MARKERS["connection to a tool"]}
    assert member.post("/accounts/connections/", declared).status_code == 302
    change = {"summary": MARKERS["text of a suggested change of the directory"], "comment": "x"}
    form = member.get("/tools/dingtalk/edit/").context["form"].initial
    assert member.post("/tools/dingtalk/edit/", form | change).status_code == 302
    address = f"/warnings/{FOUNDING}/edit/"
    text = member.get(address).context["form"].initial
    text |= {"body": MARKERS["text of a suggested edit"], "comment": MARKERS["what an edit is for"]}
    assert member.post(address, text).status_code == 302


def stored() -> Iterator[tuple[str, str]]:
    """Everything in the database: `table.column` and the value as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((f"{table}.{name}", str(value)) for name, value in zip(names, row, strict=True))
    for session in Session.objects.all():
        yield "accounts_session.session_data", str(session.get_decoded())


def test_each_datum_is_where_the_map_says_and_nowhere_else(
    sent: dict[str, str], caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    everything = list(stored())
    for kind, marker in (MARKERS | sent).items():
        found = {place for place, value in everything if marker.lower() in value.lower()}
        assert found == set(MAP[kind]["columns"]), kind
    assert MARKERS.keys() | sent.keys() == MAP.keys()


def test_every_table_is_in_the_map() -> None:
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    assert sorted([*TABLES, *NOBODY]) == sorted(tables)


def test_every_column_about_people_is_in_the_map() -> None:
    for model in apps.get_models(include_auto_created=True):
        # A number that the database counts up says nothing.
        columns = {field.column for field in model._meta.local_fields if not isinstance(field, AutoField)}
        table = TABLES.get(model._meta.db_table)
        if table is not None:
            assert set(table["columns"]) == columns, model._meta.db_table
            assert table["about"] and table["kept"], model._meta.db_table
        else:
            assert not any(field.related_model is User for field in model._meta.local_fields), model._meta.db_table


def test_every_column_that_holds_a_datum_is_in_a_table_of_the_map() -> None:
    for kind, datum in MAP.items():
        for place in datum["columns"]:
            table, _, column = place.partition(".")
            assert column in TABLES[table]["columns"], kind


def test_no_log_no_mail_and_no_file_holds_what_it_must_not(
    sent: dict[str, str], caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    logged = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    for kind, marker in (MARKERS | sent).items():
        assert marker.lower() not in logged.lower(), kind
    assert len(mail.outbox) == 4
    for message in mail.outbox:
        whole = message.message().as_string()
        assert not re.search(f"{MARKERS['network address']}|{MARKERS['browser name']}|{MARKERS['password']}", whole)
    for file in Path(settings.DATA_DIR).rglob("*"):
        if file.is_file() and "static" not in file.parts:
            content = file.read_bytes().lower()
            assert not [kind for kind, marker in (MARKERS | sent).items() if marker.lower().encode() in content], file
