"""Announcements: for everybody, from a moment on, and never as HTML."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.template import Context
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from common.http.public_pages import expiry_of
from moderation import current_announcement
from moderation.actions import announcements
from moderation.models import Announcement
from moderation.templatetags import moderation as tags
from moderation.templatetags.moderation import announcement
from tests.pages_under_test import codes, elements, fields, states, targets
from tests.reports.conftest import signed_in

pytestmark = pytest.mark.django_db

TEXT = "Tonight the site is read-only for an hour."


def protected(user: User) -> Client:
    """The browser of somebody with a second factor."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return signed_in(user)


@pytest.fixture
def office(ada: User) -> Client:
    """Ada's browser."""
    return protected(ada)


def filled(**changes: str) -> dict[str, str]:
    fields = {"text": TEXT, "level": "warning", "link": "/about/", "link_words": "Why"}
    return fields | {"begins_at": "", "ends_at": ""} | changes


def shown_to(client: Client, address: str = "/") -> str:
    page = client.get(address).content.decode()
    begin = page.find('<aside class="announcement')
    return page[begin : page.index("</aside>", begin)] if begin >= 0 else ""


def test_everybody_reads_it_on_every_page_and_pages_stay_public(office: Client, client: Client) -> None:
    assert shown_to(client) == ""
    assert office.post("/moderation/announcements/", filled()).status_code == 302
    for address in ("/", "/tools/dingtalk/", "/search/?q=zoom"):
        part = shown_to(client, address)
        assert TEXT in part
        assert '<a href="/about/">Why</a>' in part
    answer = client.get("/")
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert TEXT in shown_to(office, "/moderation/")
    entry = Entry.objects.get(verb="announcement.make")
    assert (entry.who, entry.after["text"]) == ("Ada", TEXT)


def test_it_is_looked_at_first_and_announced_by_a_second_button(office: Client, client: Client) -> None:
    answer = office.post("/moderation/announcements/", filled(act="preview"))
    assert answer.status_code == 200
    [preview] = elements(answer, "section", aria_labelledby="preview")
    assert TEXT in preview.text
    assert answer.content.decode().count(TEXT) == 2
    assert not Announcement.objects.exists()


@pytest.mark.parametrize("begins_at", ["", "2026-01-05T10:00", "2040-01-05T10:00"])
def test_sent_again_after_the_back_button_it_is_one_announcement(office: Client, begins_at: str) -> None:
    for _ in range(2):
        assert office.post("/moderation/announcements/", filled(begins_at=begins_at)).status_code == 302
    assert Announcement.objects.count() == Entry.objects.filter(verb="announcement.make").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Another sentence."},
        {"level": "info"},
        {"ends_at": "2041-01-01T10:00"},
        {"begins_at": "2040-01-05T10:00"},
    ],
)
def test_another_announcement_is_made(office: Client, changes: dict[str, str]) -> None:
    office.post("/moderation/announcements/", filled())
    office.post("/moderation/announcements/", filled(**changes))
    assert Announcement.objects.count() == 2


def test_what_was_ended_by_hand_or_announced_days_ago_is_announced_again(office: Client) -> None:
    office.post("/moderation/announcements/", filled())
    Announcement.objects.update(withdrawn_at=timezone.now())
    office.post("/moderation/announcements/", filled())
    Announcement.objects.update(created_at=timezone.now() - announcements.SENT_AGAIN)
    office.post("/moderation/announcements/", filled())
    assert Announcement.objects.count() == 3


def test_it_ends_by_hand_and_comes_back(office: Client, client: Client) -> None:
    office.post("/moderation/announcements/", filled())
    row = Announcement.objects.get()
    office.post(f"/moderation/announcements/{row.pk}/", {"act": "end"})
    assert shown_to(client) == ""
    assert states(office.get("/moderation/announcements/")) == ["ended"]
    office.post(f"/moderation/announcements/{row.pk}/", {"act": "bring-back"})
    assert TEXT in shown_to(client)
    verbs = [*Entry.objects.filter(target=f"announcement {row.pk}").order_by("seq").values_list("verb", flat=True)]
    assert verbs == ["announcement.make", "announcement.withdraw", "announcement.bring-back"]


def test_the_latest_whose_time_it_is_counts(office: Client) -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    for text, begins, ends in (
        ("Over", now - 3 * hour, now - hour),
        ("Long ago", now - 5 * hour, None),
        ("Now", now - hour, now + hour),
        ("Later", now + 2 * hour, None),
    ):
        Announcement.objects.create(text=text, begins_at=begins, ends_at=ends)
    for at, text, changes in (
        (now, "Now", now + hour),
        (now + 1.5 * hour, "Long ago", now + 2 * hour),
        (now + 3 * hour, "Later", None),
    ):
        found = current_announcement.current_announcement(at)
        assert found.announcement is not None
        assert (found.announcement.text, found.changes_at) == (text, changes)
    page = office.get("/moderation/announcements/")
    assert {card.text.split()[0]: states(page)[n] for n, card in enumerate(elements(page, "li", class_="card"))} == {
        "Over": "over",
        "Long": "behind",
        "Now": "shown",
        "Later": "to-come",
    }


def test_it_is_never_html(office: Client, client: Client) -> None:
    text, words = "<script>alert(1)</script> & <b>bold</b>", "<i>here</i>"
    office.post("/moderation/announcements/", filled(text=text, link_words=words))
    part = shown_to(client)
    assert "<script" not in part
    assert "&lt;script&gt;" in part
    assert "<i>" not in part


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": ""}, {"text": ["required"]}),
        ({"text": "x" * 301}, {"text": ["max_length"]}),
        ({"level": "loud"}, {"level": ["invalid_choice"]}),
        ({"link": "javascript:alert(1)"}, {"link": ["address"]}),
        ({"link": "//elsewhere.example/"}, {"link": ["address"]}),
        ({"link": "/\\\\elsewhere.example/"}, {"link": ["address"]}),
        ({"link_words": ""}, {"link_words": ["words-missing"]}),
        ({"begins_at": "soon"}, {"begins_at": ["invalid"]}),
        ({"ends_at": "2026-01-01T10:00"}, {"ends_at": ["over"]}),
        ({"begins_at": "2099-01-02T10:00", "ends_at": "2099-01-01T10:00"}, {"ends_at": ["over"]}),
    ],
)
def test_what_cannot_be_announced_is_said_and_the_text_kept(
    office: Client, changes: dict[str, str], code: dict[str, list[str]]
) -> None:
    answer = office.post("/moderation/announcements/", filled(**changes))
    assert answer.status_code == 422
    assert codes(answer.context["form"]) == code
    wrong = {one.attributes["name"] for one in elements(answer) if one.attributes.get("aria-invalid") == "true"}
    assert wrong == set(code)
    assert changes.get("text", TEXT) in answer.content.decode()
    assert not Announcement.objects.exists()


def test_a_web_address_and_no_link_are_fine(office: Client, client: Client) -> None:
    office.post("/moderation/announcements/", filled(link="https://status.example/", link_words="Status"))
    assert '<a href="https://status.example/">Status</a>' in shown_to(client)
    office.post("/moderation/announcements/", filled(text="Short.", link="", link_words=""))
    assert "<a " not in shown_to(client)


def test_a_page_is_kept_until_an_announcement_begins_or_ends(rf: RequestFactory) -> None:
    now = timezone.now()
    Announcement.objects.create(text=TEXT, begins_at=now + timedelta(hours=2), ends_at=now + timedelta(hours=3))
    request = rf.get("/")
    render_to_string("moderation/_announcement.html", announcement(Context({"request": request})))
    assert expiry_of(request.META) == (now + timedelta(hours=2)).timestamp()


def test_pages_are_there_while_the_table_cannot_be_read_and_are_not_kept(
    rf: RequestFactory, client: Client, monkeypatch: Any
) -> None:
    def broken(now: Any) -> Any:
        raise DatabaseError

    monkeypatch.setattr(tags, "current_announcement", broken)
    assert client.get("/about/").status_code == 200
    assert shown_to(client) == ""
    request = rf.get("/")
    announcement(Context({"request": request}))
    assert expiry_of(request.META) == 0


def test_moderators_read_them_and_announce_nothing(mona: User, ada: User) -> None:
    browser = protected(mona)
    row = announcements.announce(actor=ada, fields={"text": TEXT})
    page = browser.get("/moderation/announcements/")
    assert TEXT in page.content.decode()
    assert "text" not in fields(page)
    assert f"/moderation/announcements/{row.pk}/" not in targets(page)
    assert browser.post("/moderation/announcements/", filled()).status_code == 403
    assert browser.post(f"/moderation/announcements/{row.pk}/").status_code == 403
    assert browser.post("/moderation/announcements/999999/").status_code == 404
    with pytest.raises(PermissionDenied):
        announcements.bring_back(actor=mona, announcement=row)


def test_an_empty_list_says_so(office: Client) -> None:
    assert elements(office.get("/moderation/announcements/"), class_="empty")
