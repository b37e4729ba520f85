"""What unsent reports may occupy: one draft, one author, and everyone without an account together."""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.http.rate_limits import Limit
from reports import draft_room
from reports.actions.drafts import save_draft
from reports.models import Draft, Evidence
from reports.models.text import LONGEST_TITLE
from reports.views import report_input
from tests.pages_under_test import elements, links, states

pytestmark = pytest.mark.django_db


def begun(browser: str = "b", *, owner: User | None = None, body: str = "It happened.") -> Draft:
    """Return a new draft of an account or a browser."""
    fields = {"body": [body]}
    made = save_draft(owner=owner, browser_hash=browser, public_id=uuid.uuid4(), version=0, fields=fields).draft
    assert made is not None
    return made


@pytest.mark.parametrize(
    "typed",
    [
        {"body": "\N{FACE WITH TEARS OF JOY}" * 30_000},
        {"body": "x" * 100_000},
        {"tactics": ["made-up" * 150] * 120},
        {"title": "字" * 20_000, "amount": "9" * 50_000},
    ],
)
def test_a_text_that_is_too_long_is_not_stored_and_comes_back(
    visitor: Client, filled: dict[str, Any], typed: dict[str, Any]
) -> None:
    answer = visitor.post("/report/draft/", filled | typed)
    assert answer.status_code == 422
    assert answer.json()["problem"] == draft_room.DraftTooLongError.sentence
    page = visitor.post("/report/", filled | typed | {"act": "save"})
    assert page.status_code == 422
    assert "draft-too-long" in {problem.code for problem in page.context["writing"].problems}
    assert filled["title"] in page.content.decode() or "title" in typed
    assert not Draft.objects.exists()


def test_the_longest_report_that_can_be_sent_fits(visitor: Client, filled: dict[str, Any]) -> None:
    longest = filled | {"title": "\N{SNOWMAN}" * LONGEST_TITLE, "body": "\N{FACE WITH TEARS OF JOY}" * 10_000}
    assert visitor.post("/report/draft/", longest).status_code == 200
    draft = Draft.objects.get()
    assert draft.size == draft_room.size_of(draft.fields) <= draft_room.MOST_BYTES_OF_DRAFT / 2


def test_a_draft_that_grows_too_long_stays_as_it_was(visitor: Client, filled: dict[str, Any]) -> None:
    visitor.post("/report/draft/", filled)
    assert visitor.post("/report/draft/", filled | {"version": "1", "body": "x" * 150_000}).status_code == 422
    assert Draft.objects.get().fields["body"] == [filled["body"]]


def test_one_author_keeps_a_number_of_drafts_and_can_change_each(
    member: Client, heron: User, filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_room, "MOST_DRAFTS", 2)
    first, _ = begun(owner=heron), begun(owner=heron)
    refused = member.post("/report/", filled | {"act": "save"})
    assert refused.status_code == 409
    assert [problem.code for problem in refused.context["writing"].problems] == ["too-many-drafts"]
    assert filled["body"] in refused.content.decode()
    changed = filled | {"draft": str(first.public_id), "version": "1"}
    assert member.post("/report/draft/", changed).status_code == 200
    member.post(f"/report/drafts/{first.public_id}/delete/")
    assert member.post("/report/draft/", filled).status_code == 200
    begun("another browser")


def test_one_browser_begins_a_number_of_drafts_an_hour(
    visitor: Client, filled: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as context:
        context.setattr(report_input, "NEW_DRAFTS", Limit("few-drafts", 2, 3_600, "For this test"))
        for _ in range(2):
            assert Client().post("/report/draft/", filled | {"draft": str(uuid.uuid4())}).status_code == 200
        assert Client().post("/report/draft/", filled).status_code == 429
        refused = Client().post("/report/", filled | {"act": "save"})
    assert refused.status_code == 429
    assert filled["body"] in refused.content.decode()
    assert Draft.objects.count() == 2


def test_drafts_of_strangers_make_room_the_longest_untouched_first(
    heron: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_room, "MOST_DRAFTS_OF_STRANGERS", 3)
    with time_machine.travel(timezone.now() - timedelta(days=3), tick=False):
        members, oldest = begun(owner=heron), begun("a")
    with time_machine.travel(timezone.now() - timedelta(days=2), tick=False):
        older, touched = begun("b"), begun("c")
    save_draft(owner=None, browser_hash="c", public_id=touched.public_id, version=1, fields={"body": ["More."]})
    newest = [begun("d"), begun("e")]
    assert set(Draft.objects.all()) == {members, touched, *newest}
    assert not {oldest, older} & set(Draft.objects.all())


def test_pictures_of_strangers_make_room_and_their_files_go(
    filled: dict[str, Any],
    png: bytes,
    evidence_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    first, second = ({"draft": str(uuid.uuid4()), "act": "attach"} for _ in range(2))
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/report/", filled | first | {"pictures": [SimpleUploadedFile("a.png", png)]})
        size = Evidence.objects.get().size
        monkeypatch.setattr(draft_room, "MOST_BYTES_OF_STRANGERS", size + 2_000)
        Client().post("/report/", filled | second | {"pictures": [SimpleUploadedFile("a.png", png)]})
    assert str(Draft.objects.get().public_id) == second["draft"]
    assert [path.name for path in evidence_folder.iterdir()] == [Evidence.objects.get().stored_name]


def test_the_pictures_of_one_authors_drafts_are_bounded_together(
    member: Client, filled: dict[str, Any], png: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_room, "MOST_PICTURE_BYTES", len(png) // 2)
    page = member.post("/report/", filled | {"act": "attach", "pictures": [SimpleUploadedFile("a.png", png)]})
    assert [problem.code for problem in page.context["writing"].problems] == ["too-many-bytes"]
    assert filled["body"] in page.content.decode()
    assert not Evidence.objects.exists()


def test_many_drafts_have_pages_that_are_short(member: Client, heron: User) -> None:
    for number in range(22):
        fields = {"title": [f"{number} " + "\N{FACE WITH TEARS OF JOY}" * 10_000]}
        save_draft(owner=heron, browser_hash="", public_id=uuid.uuid4(), version=0, fields=fields)
    first, second = member.get("/report/drafts/"), member.get("/report/drafts/?page=2")
    assert [len(elements(page, "li", class_="card")) for page in (first, second)] == [20, 2]
    assert "?page=2" in links(first)
    assert len(first.content) < 100_000
    assert member.get("/report/drafts/?page=3").status_code == 404
    assert "restored" in states(member.get("/report/"))
