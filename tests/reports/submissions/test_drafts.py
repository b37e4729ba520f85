"""Drafts: what somebody typed is there again, whatever happened in between, and is nobody else's."""

import io
import json
import uuid
import zipfile
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions.accounts import erase_account
from accounts.models import User
from common.http.rate_limits import Limit
from common.images.clean import clean
from reports.actions import evidence
from reports.actions.drafts import claim_drafts, save_draft
from reports.actions.submissions import decide, submit
from reports.choices import Status
from reports.export import archive_of
from reports.models import Draft, Evidence, Report
from tests.common.images import hostile
from tests.pages_under_test import elements, states, targets

pytestmark = pytest.mark.django_db


def test_what_was_typed_is_there_again_after_the_tab_was_closed(visitor: Client, filled: dict[str, Any]) -> None:
    answer = visitor.post("/report/draft/", filled)
    assert json.loads(answer.content) == {"draft": filled["draft"], "version": 1}
    assert answer.cookies["__Host-draft"]["httponly"]
    assert answer.cookies["__Host-draft"]["secure"]
    page = visitor.get("/report/")
    assert filled["body"] in page.content.decode()
    assert "restored" in states(page)
    assert filled["body"] not in visitor.get("/report/?new=1").content.decode()
    assert filled["body"] not in Client().get("/report/").content.decode()


def test_only_a_hash_of_the_browsers_secret_is_stored(visitor: Client, filled: dict[str, Any]) -> None:
    secret = visitor.post("/report/draft/", filled).cookies["__Host-draft"].value
    assert secret not in str(list(Draft.objects.values()))


def test_saving_again_counts_up_and_the_same_text_does_not(visitor: Client, filled: dict[str, Any]) -> None:
    visitor.post("/report/draft/", filled)
    assert visitor.post("/report/draft/", filled | {"version": "1", "title": "New"}).json()["version"] == 2
    assert visitor.post("/report/draft/", filled | {"version": "2", "title": "New"}).json()["version"] == 2


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


def test_an_autosave_looks_the_draft_up_once(visitor: Client, filled: dict[str, Any]) -> None:
    for data in (filled, filled | {"version": "1", "title": "Typed on"}):
        with CaptureQueriesContext(connection) as captured:
            visitor.post("/report/draft/", data)
        looked_up = [
            q["sql"]
            for q in captured
            if 'FROM "reports_draft"' in q["sql"] and "public_id" in q["sql"].partition("WHERE")[2]
        ]
        assert len(looked_up) == 1


def test_new_drafts_are_counted_also_if_their_id_is_somebody_elses(
    visitor: Client, filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.post("/report/draft/", filled)
    limit = Limit("new-drafts-test", 1, 3_600, "Drafts in a test")
    monkeypatch.setattr("reports.views.report_input.NEW_DRAFTS", limit)
    assert [Client().post("/report/draft/", filled).status_code for _ in range(2)] == [200, 429]


EMPTY = [
    {},
    {"title": "", "body": ""},
    {"title": "  ", "body": "\r\n\t", "tools": "\u200b"},
    {"outcome": "not-stated", "currency": "USD", "notify": "on", "unnamed": "yes"},
    {"joins": "a-warning"},
]


@pytest.mark.parametrize("typed", EMPTY)
def test_a_form_in_which_nothing_was_typed_makes_no_draft(visitor: Client, typed: dict[str, str]) -> None:
    key = str(uuid.uuid4())
    assert visitor.post("/report/draft/", typed | {"draft": key}).json() == {"draft": key, "version": 0}
    saved = visitor.post("/report/", typed | {"draft": key, "act": "save"})
    assert saved.status_code == 422
    assert "nothing-typed" in states(saved)
    assert visitor.post("/report/", typed | {"draft": key, "act": "send"}).status_code == 422
    assert not Draft.objects.exists()


def test_a_draft_that_is_emptied_is_gone_and_can_be_begun_again(visitor: Client, filled: dict[str, Any]) -> None:
    visitor.post("/report/draft/", filled)
    assert visitor.post("/report/draft/", {"draft": filled["draft"], "version": "1"}).json()["version"] == 0
    assert not Draft.objects.exists()
    assert visitor.post("/report/draft/", filled | {"version": "0"}).json()["version"] == 1


def test_a_draft_of_another_tab_is_not_emptied_and_pictures_stay(
    visitor: Client, filled: dict[str, Any], png: bytes
) -> None:
    visitor.post("/report/draft/", filled)
    visitor.post("/report/draft/", filled | {"version": "1", "title": "Typed on"})
    assert visitor.post("/report/draft/", {"draft": filled["draft"], "version": "1"}).status_code == 409
    key = str(uuid.uuid4())
    pictured = {"draft": key, "act": "attach", "pictures": [SimpleUploadedFile("a.png", png)]}
    assert visitor.post("/report/", pictured).status_code == 200
    visitor.post("/report/draft/", {"draft": key, "version": "1", "title": " "})
    assert Draft.objects.get(public_id=key).evidence.count() == 1
    assert Draft.objects.count() == 2


def test_that_the_browser_keeps_the_text_is_said_by_the_script_alone(visitor: Client) -> None:
    [said] = elements(visitor.get("/report/"), data_draft_state="")
    assert "hidden" in said.attributes


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
    found = targets(member.get("/report/drafts/"))
    assert [target.endswith("/delete/") for target in found].count(True) == 2


def test_typing_on_after_a_session_ended_makes_one_more_draft_and_no_others(
    member: Client, filled: dict[str, Any], heron: User
) -> None:
    known = member.post("/report/draft/", filled).json()
    heron.sessions.all().delete()
    for pause in range(5):
        answer = member.post("/report/draft/", filled | known | {"title": f"Pause {pause}"})
        known = answer.json()
    assert known["draft"] != filled["draft"]
    assert [draft.fields["title"] for draft in Draft.objects.filter(owner=None)] == [["Pause 4"]]


def test_what_the_browser_kept_under_another_id_goes_with_the_report(visitor: Client, filled: dict[str, Any]) -> None:
    visitor.post("/report/draft/", filled)
    visitor.cookies.clear()
    again = visitor.post("/report/", filled | {"act": "preview"})
    assert f'data-instead-of="{filled["draft"]}"' in again.content.decode()
    visitor.cookies.clear()
    page = visitor.post("/report/", filled, follow=True).content.decode()
    report = Report.objects.get(founding=False)
    assert report.submission_key != filled["draft"]
    assert f'data-sent="{report.submission_key} {filled["draft"]}"' in page


def test_drafts_are_listed_and_deleted_by_their_writer_only(
    visitor: Client, filled: dict[str, Any], png: bytes
) -> None:
    visitor.post("/report/", filled | {"act": "attach", "pictures": [SimpleUploadedFile("a.png", png)]})
    draft = Draft.objects.get()
    address = f"/report/drafts/{draft.public_id}/delete/"
    assert Client().post(address).status_code == 404
    page = visitor.get("/report/drafts/")
    assert [target for target in targets(page) if target.endswith("/delete/")] == [address]
    assert f">{filled['title']}</a>" in page.content.decode()
    assert visitor.get(f"/report/drafts/?deleted={draft.public_id}").context["deleted"] is None
    page = visitor.post(address, follow=True)
    assert f'data-sent="{draft.public_id}"' in page.content.decode()
    assert not Draft.objects.exists()
    assert not Evidence.objects.exists()
    assert elements(visitor.get("/report/drafts/"), class_="empty")


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
    monkeypatch.setattr("reports.views.report_form.POSTS", Limit("test-form", 1, 10**9, "Tests"))
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
    decide(actor=mona, report=declined, status=Status.DECLINED, reason="not what we do")
    visitor.post(
        "/report/",
        filled | {"draft": str(uuid.uuid4()), "act": "attach", "pictures": [SimpleUploadedFile("b.png", png)]},
    )
    assert len(list(evidence_folder.iterdir())) == 2
    call_command("tidy")
    assert len(list(evidence_folder.iterdir())) == 2
    with time_machine.travel(timezone.now() + timedelta(days=31)), django_capture_on_commit_callbacks(execute=True):
        call_command("tidy")
    assert "drafts: 1" in capsys.readouterr().out
    assert list(evidence_folder.iterdir()) == []
    assert not Evidence.objects.exists()
    assert not Draft.objects.exists()
    assert Report.objects.filter(pk=declined.pk).exists()


def test_a_draft_that_somebody_works_on_for_weeks_stays() -> None:
    whose: dict[str, Any] = {"owner": None, "browser_hash": "h" * 64, "public_id": uuid.uuid4()}
    draft = save_draft(**whose, version=0, fields={"title": ["Begun"]}).draft
    assert draft is not None
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=20)):
        save_draft(**whose, version=draft.version, fields={"title": ["Typed on"]})
    with time_machine.travel(now + timedelta(days=40)):
        call_command("tidy")
    assert Draft.objects.get(pk=draft.pk).fields == {"title": ["Typed on"]}


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


def test_actions_on_what_is_not_there_do_nothing(visitor: Client, filled: dict[str, Any], png: bytes) -> None:
    visitor.post("/report/", filled | {"act": "attach", "pictures": [SimpleUploadedFile("a.png", png)]})
    draft, [picture] = Draft.objects.get(), clean(png)
    evidence.replace_picture(holder=draft, public_id=uuid.uuid4(), picture=picture)
    evidence.remove_picture(holder=draft, public_id=uuid.uuid4())
    evidence.describe_pictures(holder=draft, descriptions={"nonsense": "x"})
    assert Evidence.objects.get().blurred is False
    assert claim_drafts(owner=User.objects.create_user("Ibis"), browser_hash="") == 0


def test_removing_a_picture_closes_the_gap(visitor: Client, filled: dict[str, Any]) -> None:
    files = [
        SimpleUploadedFile(f"{n}.png", hostile.saved(hostile.picture(size=(20 + n, 20)), "PNG")) for n in range(3)
    ]
    visitor.post("/report/", filled | {"act": "attach", "pictures": files})
    first = Evidence.objects.get(position=0)
    visitor.post("/report/", filled | {"version": "1", "act": f"remove-{first.public_id}"})
    assert list(Evidence.objects.order_by("position").values_list("position", flat=True)) == [0, 1]


def test_the_archive_holds_drafts_and_pictures_even_when_one_is_gone(
    member: Client, heron: User, filled: dict[str, Any], png: bytes, evidence_folder: Any
) -> None:
    other = hostile.saved(hostile.picture(size=(33, 20)), "PNG")
    files = [SimpleUploadedFile("a.png", png), SimpleUploadedFile("b.png", other)]
    member.post("/report/", filled | {"act": "attach", "pictures": files})
    (evidence_folder / Evidence.objects.get(position=1).stored_name).unlink()
    archive = zipfile.ZipFile(io.BytesIO(archive_of(heron)))
    assert filled["body"] in archive.read("drafts.json").decode()
    endings = sorted(name.rpartition(".")[2] for name in archive.namelist() if name.startswith("pictures/"))
    assert endings == ["png", "txt"]
    gone = Evidence.objects.get(position=1)
    assert member.get(f"/evidence/{gone.public_id}/").status_code == 404


def test_no_room_for_a_blurred_copy_keeps_the_picture(
    visitor: Client, filled: dict[str, Any], png: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.post("/report/", filled | {"act": "attach", "pictures": [SimpleUploadedFile("a.png", png)]})
    picture = Evidence.objects.get()

    def full(*_: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reports.evidence_store.put", full)
    form = filled | {
        "version": "1",
        "replaces": str(picture.public_id),
        "pictures": [SimpleUploadedFile("b.png", png)],
    }
    page = visitor.post("/report/", form)
    assert [problem.code for problem in page.context["writing"].problems] == ["no-room"]
    assert page.context["writing"].problems[0] in page.content.decode()
    assert Evidence.objects.get().blurred is False


def test_a_report_that_loses_the_race_is_the_one_that_won(
    visitor: Client, filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    send, tries = submit, []

    def beaten(**arguments: Any) -> Any:
        tries.append(1)
        report = send(**arguments)
        if len(tries) == 1:
            raise IntegrityError
        return report

    monkeypatch.setattr("reports.views.report_input.submit", beaten)
    assert visitor.post("/report/", filled).status_code == 302
    assert (len(tries), Report.objects.filter(founding=False).count()) == (2, 1)


def test_a_correction_of_a_corroboration_leaves_the_warning_alone(
    member: Client, heron: User, filled: dict[str, Any]
) -> None:
    slug = "stay-away-from-a-buyer-who-asks-you-to-use-dingtalk"
    member.post("/report/", filled | {"joins": slug, "tools": "DingTalk"})
    report = Report.objects.get(author=heron)
    title = report.warning.title
    member.post(f"/accounts/reports/{report.public_id}/", {**filled, "act": "correct", "title": "Mine alone"})
    report.refresh_from_db()
    assert report.warning.title == title
    member.post(f"/accounts/reports/{report.public_id}/", {"act": "withdraw"})
    report.refresh_from_db()
    assert (report.status, report.warning.status) == (Status.WITHDRAWN, Status.PUBLISHED)
