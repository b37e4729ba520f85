"""ImageRedaction parts of pictures at the desk: at another address at once, undone within seven days, gone after."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import Notification, User
from audit.models import Entry
from common.images.clean import clean
from common.images.errors import ImageError, Reason
from common.images.mask import COVER
from directory.models import Connection
from moderation.views import images as image_views
from reports import evidence_store
from reports.actions import redaction
from reports.actions.submissions import tidy as tidy_reports
from reports.choices import Status
from reports.models import Draft, Evidence, ImageRedaction, Report, Warning
from tests.factories import ReportFactory, ToolFactory, submitted
from tests.pages_under_test import acts, codes, fields, refuses
from tests.reports.conftest import signed_in
from tests.reports.submissions.conftest import evidence_folder

pytestmark = pytest.mark.django_db
__all__ = ["evidence_folder"]

HALF = "0 0 50 100"


@pytest.fixture
def picture(warning: Warning, alice: User) -> Evidence:
    """A picture that everybody sees, on a report of Alice's."""
    file = io.BytesIO()
    Image.effect_noise((120, 80), 90).convert("RGB").save(file, "PNG")
    [drawn] = clean(file.getvalue())
    report = ReportFactory(warning=warning, author=alice)
    row: Evidence = Evidence.objects.create(
        report=report,
        stored_name=evidence_store.put(drawn),
        media_type=drawn.media_type,
        size=len(drawn.data),
        width=drawn.width,
        height=drawn.height,
        sha256=drawn.sha256,
        published=True,
    )
    return row


def at(picture: Evidence) -> str:
    return f"/moderation/pictures/{picture.public_id}/"


def cover(desk: Client, picture: Evidence, areas: str = HALF, **changes: str) -> Any:
    return desk.post(at(picture), {"areas": areas, "seen": picture.sha256} | changes)


def stored(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def seen_at(client: Client, public_id: Any) -> bytes | None:
    answer = client.get(f"/evidence/{public_id}/")
    if answer.status_code == 404:
        return None
    data = answer.getvalue()
    return bytes(data)


def test_everybody_sees_the_covered_picture_and_nobody_the_one_of_before(
    desk: Client, client: Client, picture: Evidence, alice: User
) -> None:
    old = picture.public_id
    before = seen_at(client, old)
    answer = cover(desk, picture)
    picture.refresh_from_db()
    assert answer.headers["Location"] == at(picture)
    assert picture.public_id != old
    for browser in (client, desk, signed_in(alice)):
        assert seen_at(browser, old) is None
    data = seen_at(client, picture.public_id)
    assert data is not None
    assert data != before
    with Image.open(io.BytesIO(data)) as shown:
        assert set(shown.crop((0, 0, 60, 80)).get_flattened_data()) == {COVER}
        assert len(set(shown.crop((60, 0, 120, 80)).get_flattened_data())) > 20
    page = client.get(picture.report.warning.get_absolute_url()).content.decode() if picture.report else ""
    assert str(old) not in page
    entry = Entry.objects.get(verb="evidence.cover")
    assert (entry.who, entry.target, entry.after["sha256"]) == ("Mona", f"picture {old}", picture.sha256)
    assert Notification.objects.get(recipient=alice).text.startswith(redaction.COVERED)


def test_undoing_brings_exactly_the_bytes_of_before_back(
    desk: Client, client: Client, picture: Evidence, django_capture_on_commit_callbacks: Any, evidence_folder: Path
) -> None:
    old, before = picture.public_id, seen_at(client, picture.public_id)
    cover(desk, picture)
    picture.refresh_from_db()
    covered = picture.public_id
    assert "undo" in acts(desk.get(at(picture)))
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(at(picture), {"act": "undo"})
    picture.refresh_from_db()
    assert (picture.public_id, answer.headers["Location"]) == (old, at(picture))
    assert seen_at(client, old) == before
    assert seen_at(client, covered) is None
    assert stored(evidence_folder) == 1
    assert Entry.objects.filter(verb="evidence.uncover").count() == 1
    assert desk.post(at(picture), {"act": "undo"}).status_code == 409


def test_coverings_are_undone_one_after_the_other(desk: Client, picture: Evidence, mona: User) -> None:
    first = picture.sha256
    for areas in ("0 0 20 20", "80 80 100 100\n0 50 10 60"):
        cover(desk, picture, areas)
        picture.refresh_from_db()
    older = ImageRedaction.objects.order_by("pk").first()
    assert older is not None
    with refuses(redaction.RedactionError, "changed-since"):
        redaction.restore_image(actor=mona, covering=older)
    for _ in range(2):
        desk.post(at(picture), {"act": "undo"})
        picture.refresh_from_db()
    assert picture.sha256 == first
    with refuses(redaction.RedactionError, "undone-already"):
        redaction.restore_image(actor=mona, covering=older)


def test_after_seven_days_the_picture_of_before_is_gone(
    desk: Client, picture: Evidence, mona: User, django_capture_on_commit_callbacks: Any, evidence_folder: Path
) -> None:
    cover(desk, picture)
    picture.refresh_from_db()
    assert stored(evidence_folder) == 2
    assert redaction.delete_expired_originals(now=timezone.now() + timedelta(days=6)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert redaction.delete_expired_originals(now=timezone.now() + timedelta(days=8)) == 1
    assert stored(evidence_folder) == 1
    assert redaction.delete_expired_originals(now=timezone.now() + timedelta(days=8)) == 0
    with refuses(redaction.RedactionError, "thrown-away"):
        redaction.restore_image(actor=mona, covering=ImageRedaction.objects.get())
    assert "undo" not in acts(desk.get(at(picture)))


def test_with_a_picture_goes_the_one_of_before(
    desk: Client, picture: Evidence, django_capture_on_commit_callbacks: Any, evidence_folder: Path
) -> None:
    cover(desk, picture)
    Report.objects.update(status=Status.DECLINED, updated_at=timezone.now() - timedelta(days=60))
    with django_capture_on_commit_callbacks(execute=True):
        tidy_reports(now=timezone.now())
    assert stored(evidence_folder) == 0


def test_who_comes_second_is_told_and_covers_nothing(desk: Client, picture: Evidence) -> None:
    seen = picture.sha256
    cover(desk, picture)
    picture.refresh_from_db()
    answer = cover(desk, picture, seen=seen)
    assert answer.status_code == 409
    assert answer.context["problem"].code == "changed-meanwhile"
    assert answer.context["problem"] in answer.content.decode()
    assert ImageRedaction.objects.count() == 1


def test_what_is_no_area_is_said_and_the_text_kept(desk: Client, picture: Evidence) -> None:
    answer = cover(desk, picture, "10 20 5")
    assert answer.status_code == 422
    assert codes(answer.context["form"]) == {"areas": ["not-four-numbers"]}
    assert "10 20 5</textarea>" in answer.content.decode()


def test_who_wrote_the_report_or_has_to_do_with_the_tool_covers_nothing(
    desk: Client, picture: Evidence, mona: User, warning: Warning
) -> None:
    warning.tools.add(ToolFactory(slug="own-tool"))
    Connection.objects.create(user=mona, tool=warning.tools.get(slug="own-tool"), words="Seller")
    page = desk.get(at(picture))
    assert page.context["refusal"].code == "connected"
    assert page.context["refusal"] in page.content.decode()
    assert "areas" not in fields(page)
    assert cover(desk, picture).status_code == 409
    assert desk.post(at(picture), {"act": "undo"}).status_code == 409
    assert not ImageRedaction.objects.exists()


def test_others_find_nothing_there(picture: Evidence, alice: User, mona: User, desk: Client) -> None:
    assert signed_in(alice).get(at(picture)).status_code == 403
    with refuses(redaction.RedactionError, "moderators-only"):
        redaction.redact_image(
            actor=alice, picture=picture, seen=picture.sha256, areas=[], drawn=clean(evidence_store.read(picture))[0]
        )
    draft = Draft.objects.create(owner=alice)
    own = Evidence.objects.create(
        draft=draft, stored_name="x.png", media_type="image/png", size=1, width=1, height=1, sha256="0" * 64
    )
    assert desk.get(at(own)).status_code == 404


def test_a_picture_that_cannot_be_read_or_drawn_is_told_and_nothing_changes(
    desk: Client, picture: Evidence, monkeypatch: Any
) -> None:
    def refused(*_: Any) -> Any:
        raise ImageError(Reason.TOO_COMPLEX)

    with monkeypatch.context() as changed:
        changed.setattr(image_views, "clean", refused)
        assert cover(desk, picture).status_code == 409
    evidence_store.throw_away([picture.stored_name])
    answer = cover(desk, picture)
    assert answer.context["problem"].code == "unreadable"
    assert answer.context["problem"] in answer.content.decode()
    assert not ImageRedaction.objects.exists()


def test_when_storing_fails_half_way_no_file_is_left(
    picture: Evidence, mona: User, monkeypatch: Any, evidence_folder: Path
) -> None:
    def broken(**_: Any) -> Any:
        raise RuntimeError

    drawn = clean(evidence_store.read(picture), [(0.0, 0.0, 0.5, 0.5)])[0]
    monkeypatch.setattr("reports.actions.redaction.log.record", broken)
    with pytest.raises(RuntimeError):
        redaction.redact_image(
            actor=mona, picture=picture, seen=picture.sha256, areas=[(0.0, 0.0, 0.5, 0.5)], drawn=drawn
        )
    assert stored(evidence_folder) == 1
    assert evidence_store.read(Evidence.objects.get())


def test_a_picture_that_went_meanwhile_is_not_covered(picture: Evidence, mona: User) -> None:
    drawn = clean(evidence_store.read(picture))[0]
    Evidence.objects.all().delete()
    with refuses(redaction.RedactionError, "gone"):
        redaction.redact_image(actor=mona, picture=picture, seen=picture.sha256, areas=[], drawn=drawn)


def test_an_anonymous_author_finds_news_on_the_tracking_page(desk: Client, picture: Evidence) -> None:
    Report.objects.update(author=None, news=False)
    cover(desk, picture)
    assert Report.objects.get(evidence=picture).news
    assert not Notification.objects.exists()


def test_the_case_leads_to_its_pictures(desk: Client, picture: Evidence) -> None:
    report: Any = picture.report
    report.status, report.published_at = Status.PENDING, None
    report.save()
    submitted(report)
    case = report.cases.open().get()
    assert at(picture) in desk.get(case.get_absolute_url()).content.decode()
    assert case.get_absolute_url() in desk.get(at(picture)).content.decode()
