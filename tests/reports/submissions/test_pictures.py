"""Pictures of a report: kept whatever else is wrong, seen by those who may, and gone when they are removed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from reports.actions import submissions
from reports.choices import Status
from reports.models import Evidence, Report
from tests.common.images import hostile

pytestmark = pytest.mark.django_db


def test_pictures_survive_whatever_is_wrong_with_the_rest(
    visitor: Client, filled: dict[str, Any], png: bytes
) -> None:
    form = filled | {"title": "", "pictures": [SimpleUploadedFile("a.png", png), SimpleUploadedFile("b.exe", b"MZ")]}
    response = visitor.post("/report/", form)
    html = response.content.decode()
    assert response.status_code == 422
    [problem] = response.context["writing"].problems
    assert problem.code == "not-taken"
    assert problem.startswith("b.exe: ")
    assert problem in html
    picture = Evidence.objects.get()
    again = visitor.post("/report/", filled | {"version": "1", f"alt-{picture.public_id}": "A chat"}, follow=True)
    assert again.status_code == 200
    picture.refresh_from_db()
    assert (picture.report, picture.draft, picture.alt_text) == (Report.objects.get(founding=False), None, "A chat")


def test_a_draft_has_at_most_five_pictures_and_each_once(visitor: Client, filled: dict[str, Any], png: bytes) -> None:
    files = [
        SimpleUploadedFile(f"{n}.png", hostile.saved(hostile.picture(size=(20 + n, 20)), "PNG")) for n in range(7)
    ]
    response = visitor.post("/report/", filled | {"act": "attach", "pictures": files})
    assert response.context["writing"].problems[-1].code == "only-first"
    assert response.context["writing"].problems[-1] in response.content.decode()
    assert Evidence.objects.count() == 5
    response = visitor.post(
        "/report/", filled | {"act": "attach", "version": "1", "pictures": [SimpleUploadedFile("x.png", png)]}
    )
    assert [problem.code for problem in response.context["writing"].problems] == ["too-many"]
    assert response.context["writing"].problems[0] in response.content.decode()


def test_a_picture_is_seen_by_its_sender_and_by_moderators_only(
    visitor: Client, filled: dict[str, Any], png: bytes, mona: User, member: Client
) -> None:
    visitor.post("/report/", filled | {"pictures": [SimpleUploadedFile("a.png", png)], "act": "attach"})
    picture = Evidence.objects.get()
    address = f"/evidence/{picture.public_id}/"
    response = visitor.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Disposition"] == 'inline; filename="evidence.png"'
    assert [client.get(address).status_code for client in (Client(), member)] == [404, 404]
    visitor.post("/report/", filled | {"version": "1"})
    report = Report.objects.get(founding=False)
    assert visitor.get(address).status_code == 404
    submissions.decide(actor=mona, report=report, status=Status.PUBLISHED, reason="true")
    assert Client().get(address).status_code == 200


def test_a_picture_can_be_blurred_and_removed(
    visitor: Client, filled: dict[str, Any], png: bytes, evidence_folder: Any
) -> None:
    visitor.post("/report/", filled | {"pictures": [SimpleUploadedFile("a.png", png)], "act": "attach"})
    picture = Evidence.objects.get()
    blurred = SimpleUploadedFile("b.png", hostile.saved(hostile.picture(size=(30, 30)), "PNG"))
    visitor.post("/report/", filled | {"version": "1", "replaces": str(picture.public_id), "pictures": [blurred]})
    picture.refresh_from_db()
    assert (picture.blurred, picture.width) == (True, 30)
    wrong = visitor.post(
        "/report/",
        filled | {"version": "1", "replaces": str(picture.public_id), "pictures": [SimpleUploadedFile("c", b"x")]},
    )
    assert [problem.code for problem in wrong.context["writing"].problems] == ["unreadable"]
    assert wrong.context["writing"].problems[0] in wrong.content.decode()
    visitor.post("/report/", filled | {"version": "1", "act": f"remove-{picture.public_id}"})
    assert not Evidence.objects.exists()


def test_a_full_disk_is_told_and_nothing_is_half_stored(
    visitor: Client, filled: dict[str, Any], png: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reports.evidence_store.put", full)
    response = visitor.post("/report/", filled | {"pictures": [SimpleUploadedFile("a.png", png)]})
    assert [problem.code for problem in response.context["writing"].problems] == ["no-room"]
    assert response.context["writing"].problems[0] in response.content.decode()
    assert filled["body"] in response.content.decode()
    assert not Evidence.objects.exists()
