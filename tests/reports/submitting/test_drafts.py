"""Drafts: what somebody typed is there again, whatever happened in between, and is nobody else's."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.actions import erase_account
from accounts.models import User
from common.rate_limits import Limit
from reports.models import Draft, Evidence, Report
from reports.submitting import actions
from reports.words import Status

pytestmark = pytest.mark.django_db


def test_what_was_typed_is_there_again_after_the_tab_was_closed(visitor: Client, filled: dict[str, Any]) -> None:
    answer = visitor.post("/report/draft/", filled)
    assert json.loads(answer.content) == {"version": 1}
    assert answer.cookies["__Host-draft"]["httponly"]
    assert answer.cookies["__Host-draft"]["secure"]
    html = visitor.get("/report/").content.decode()
    assert filled["body"] in html
    assert "This is what you wrote on" in html
    assert filled["body"] not in visitor.get("/report/?new=1").content.decode()
    assert filled["body"] not in Client().get("/report/").content.decode()


def test_only_a_hash_of_the_browsers_secret_is_stored(visitor: Client, filled: dict[str, Any]) -> None:
    secret = visitor.post("/report/draft/", filled).cookies["__Host-draft"].value
    assert secret not in str(list(Draft.objects.values()))


def test_saving_again_counts_up_and_the_same_text_does_not(visitor: Client, filled: dict[str, Any]) -> None:
    visitor.post("/report/draft/", filled)
    assert visitor.post("/report/draft/", filled | {"version": "1", "title": "New"}).json() == {"version": 2}
    assert visitor.post("/report/draft/", filled | {"version": "2", "title": "New"}).json() == {"version": 2}


def test_two_tabs_do_not_overwrite_each_other_silently(visitor: Client, filled: dict[str, Any]) -> None:
    visitor.post("/report/draft/", filled)
    visitor.post("/report/draft/", filled | {"version": "1", "body": "From the first tab."})
    second = filled | {"version": "1", "body": "From the second tab."}
    assert visitor.post("/report/draft/", second).status_code == 409
    page = visitor.post("/report/", second)
    html = page.content.decode()
    assert page.status_code == 409
    assert "From the first tab." in html
    assert "From the second tab." in html
    again = second | {"version": str(page.context["writing"].version), "body": "Both together."}
    assert visitor.post("/report/draft/", again).status_code == 200


def test_a_draft_comes_along_when_its_writer_signs_in(visitor: Client, filled: dict[str, Any], heron: User) -> None:
    visitor.post("/report/draft/", filled)
    visitor.force_login(heron)
    assert filled["body"] in visitor.get("/report/").content.decode()
    assert Draft.objects.get().owner == heron
    elsewhere = Client()
    elsewhere.force_login(heron)
    assert filled["title"] in elsewhere.get("/report/drafts/").content.decode()


def test_a_draft_survives_a_session_that_ended(member: Client, filled: dict[str, Any], heron: User) -> None:
    member.post("/report/draft/", filled)
    heron.sessions.all().delete()
    member.post("/report/draft/", filled | {"version": "1", "body": "Typed after the session had ended."})
    assert set(Draft.objects.values_list("owner", flat=True)) == {heron.pk, None}
    member.force_login(heron)
    html = member.get("/report/drafts/").content.decode()
    assert html.count("Delete this draft") == 2


def test_drafts_are_listed_and_deleted_by_their_writer_only(
    visitor: Client, filled: dict[str, Any], png: bytes
) -> None:
    visitor.post("/report/", filled | {"act": "attach", "pictures": [SimpleUploadedFile("a.png", png)]})
    draft = Draft.objects.get()
    address = f"/report/drafts/{draft.public_id}/delete/"
    assert Client().post(address).status_code == 404
    html = visitor.get("/report/drafts/").content.decode()
    assert html.count("Delete this draft") == 1
    assert f">{filled['title']}</a>" in html
    assert visitor.post(address).status_code == 302
    assert not Draft.objects.exists()
    assert not Evidence.objects.exists()
    assert "You have no drafts" in visitor.get("/report/drafts/").content.decode()


def test_a_draft_that_was_sent_is_not_begun_again(visitor: Client, filled: dict[str, Any]) -> None:
    visitor.post("/report/", filled)
    assert visitor.post("/report/draft/", filled).status_code == 410
    assert not Draft.objects.exists()
    assert filled["body"] not in visitor.get("/report/").content.decode()


def test_offers_while_typing_name_warnings_about_the_tool(visitor: Client, filled: dict[str, Any]) -> None:
    found = visitor.post("/report/offers/", {"tools": "DingTalk", "title": "asks to use DingTalk"}).json()["offers"]
    assert found[0]["url"] == "/warnings/stay-away-from-a-buyer-who-asks-you-to-use-dingtalk/"
    assert visitor.post("/report/offers/", {"tools": "Zorblax"}).json() == {"offers": []}
    assert visitor.post("/report/offers/", {}).json() == {"offers": []}


def test_saving_too_often_has_to_wait(
    visitor: Client, filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.submitting.views.POSTS", Limit("test-form", 1, 10**9))
    visitor.post("/report/draft/", filled)
    assert visitor.post("/report/draft/", filled).status_code == 429


def test_old_drafts_and_pictures_of_refused_reports_are_erased(
    django_capture_on_commit_callbacks: Any,
    visitor: Client,
    filled: dict[str, Any],
    png: bytes,
    mona: User,
    evidence_folder: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    picture = {"pictures": [SimpleUploadedFile("a.png", png)]}
    visitor.post("/report/", filled | picture)
    declined = Report.objects.get(founding=False)
    actions.decide(actor=mona, report=declined, status=Status.DECLINED, reason="not what we do")
    visitor.post(
        "/report/",
        filled | {"draft": str(uuid.uuid4()), "act": "attach", "pictures": [SimpleUploadedFile("b.png", png)]},
    )
    assert len(list(evidence_folder.iterdir())) == 2
    call_command("tidy")
    assert len(list(evidence_folder.iterdir())) == 2
    with time_machine.travel(timezone.now() + timedelta(days=31)), django_capture_on_commit_callbacks(execute=True):
        call_command("tidy")
    assert "1 draft" in capsys.readouterr().out
    assert list(evidence_folder.iterdir()) == []
    assert not Evidence.objects.exists()
    assert not Draft.objects.exists()
    assert Report.objects.filter(pk=declined.pk).exists()


def test_an_erased_account_leaves_no_drafts_and_no_waiting_reports(
    member: Client, heron: User, filled: dict[str, Any], png: bytes, evidence_folder: Any
) -> None:
    member.post("/report/", filled | {"pictures": [SimpleUploadedFile("a.png", png)]})
    member.post("/report/draft/", filled | {"draft": str(uuid.uuid4())})
    erase_account(actor=heron)
    report = Report.objects.get(founding=False)
    assert (report.status, report.body, report.warning.title) == (Status.WITHDRAWN, "", "Withdrawn")
    assert not Draft.objects.exists()
    assert not Evidence.objects.exists()
