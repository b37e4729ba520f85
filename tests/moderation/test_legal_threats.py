"""Threats against the site for what it publishes: recorded, counted in public, and forgotten after years."""

import html
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from moderation.actions.legal_threats import KEPT, record_legal_threat
from moderation.choices import LegalThreatKind
from moderation.models import LegalThreat
from moderation.transparency import log
from tests.pages_under_test import codes, elements
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db

SENT = {
    "kind": "letter",
    "received_on": "2026-01-02",
    "sender": "Grim <& Partners>",
    "about": "/tools/dingtalk/",
    "words": "Take it down within three days. We asked which sentence is wrong.",
}


def test_a_moderator_records_one_and_others_read_it_at_the_desk(desk: Client) -> None:
    assert elements(desk.get("/moderation/threats/"), class_="empty")
    page = desk.post("/moderation/threats/", SENT, follow=True).content.decode()
    for words in (LegalThreatKind.LETTER.label, "Grim &lt;&amp; Partners&gt;", "which sentence is wrong", "Mona"):
        assert words in page, words
    entry = Entry.objects.get(verb="threat.record")
    assert (entry.who, entry.target) == ("Mona", f"threat {LegalThreat.objects.get().pk}")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"words": " \u202e "}, "required"),
        ({"words": ""}, "required"),
        ({"received_on": "2199-01-01"}, "future"),
        ({"received_on": "soon"}, "invalid"),
        ({"kind": "curse"}, "invalid_choice"),
        ({"sender": "x" * 201}, "max_length"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_text_is_kept(desk: Client, changed: Any, code: str) -> None:
    answer = desk.post("/moderation/threats/", SENT | {"about": "kept-words"} | changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    form = answer.context["form"]
    assert codes(form) == {name: [code] for name in changed}
    for name in changed:
        assert html.escape(form.errors[name][0]) in page
    assert "kept-words" in page
    assert not LegalThreat.objects.exists()


def test_the_public_reads_how_many_there_were_and_nothing_else(desk: Client, visitor: Client) -> None:
    today = timezone.localdate()
    desk.post("/moderation/threats/", SENT | {"received_on": today.isoformat()})
    assert [row.threats for row in log.figures()][:2] == [1, 0]
    assert visitor.get("/api/v1/transparency").json()["months"][0]["threats"] == 1
    assert "Grim" not in visitor.get("/transparency/").content.decode()
    assert ",threats," in visitor.get("/transparency/figures.csv").content.decode().splitlines()[0]


def test_nobody_else_records_or_reads(alice: User) -> None:
    with pytest.raises(PermissionDenied):
        record_legal_threat(actor=alice, fields=SENT | {"received_on": date(2026, 1, 2)})
    assert signed_in(alice).get("/moderation/threats/").status_code == 403
    assert signed_in(alice).post("/moderation/threats/", SENT).status_code == 403


def test_what_was_said_is_forgotten_after_years_and_that_it_came_is_not(desk: Client, mona: User) -> None:
    desk.post("/moderation/threats/", SENT)
    with time_machine.travel(timezone.now() + KEPT - timedelta(days=1), tick=False):
        call_command("tidy")
        assert LegalThreat.objects.get().words
    with time_machine.travel(timezone.now() + KEPT + timedelta(days=1), tick=False):
        call_command("tidy")
    row = LegalThreat.objects.get()
    assert (row.sender, row.words, row.kind) == ("", "", "letter")
    page = signed_in(mona).get("/moderation/threats/")
    assert LegalThreatKind.LETTER.label in page.content.decode()
    assert "which sentence is wrong" not in page.content.decode()
    [instead] = elements(page, "p", class_="text")
    assert instead.text


def test_one_that_is_sent_again_is_recorded_once(desk: Client) -> None:
    for words in (SENT["words"], SENT["words"], "Another letter came."):
        desk.post("/moderation/threats/", SENT | {"words": words})
    assert LegalThreat.objects.count() == 2
