"""Feeds of the newest warnings, as readers of feeds, scripts and other sites get them."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from api.feeds.views import WARNINGS_IN_A_FEED
from common.feeds import FORMS, Entry, Feed
from directory.models import Marketplace, Tool
from reports.actions.warnings import set_tags
from reports.choices import Status
from reports.models import Tag, TagSynonym, Warning
from tests.factories import UserFactory, WarningFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "</title><script>alert(1)</script> ]]> & \x00\x08\x1b\ufffe\ufdd0 “€” 钉钉 \U0001f6a8 &amp;lt; <!--"
ABOUT = ("warnings", "tools/zoom", "tags/quibblefrotz", "marketplaces/upwork")
ALL = [f"/feeds/{about}.{form}" for about in ABOUT for form in FORMS]


@pytest.fixture
def writer(db: None) -> User:
    """Whose name no feed tells."""
    user: User = UserFactory(handle="Quenya")
    return user


@pytest.fixture
def reported(writer: User) -> Warning:
    """A warning that is in every feed."""
    warning: Warning = WarningFactory(
        title="A told one",
        summary="What it is about.",
        author=writer,
        published_at=datetime(2026, 11, 2, 13, 14, 15, tzinfo=UTC),
    )
    warning.tools.add(Tool.objects.get(slug="zoom"))
    warning.marketplaces.add(Marketplace.objects.get(slug="upwork"))
    set_tags(warning=warning, names=["quibblefrotz", "odd & old"])
    Warning.objects.filter(pk=warning.pk).update(updated_at=datetime(2026, 11, 3, 23, 59, 59, tzinfo=UTC))
    return warning


def xml(content: str | bytes) -> ElementTree.Element:
    """The root of a document, which a parser that knows no mercy could read."""
    return ElementTree.fromstring(content)  # noqa: S314  (our own feed)


def titles(response: Any) -> list[str]:
    """The titles in a feed, whatever its form."""
    if response["Content-Type"].startswith("application/feed+json"):
        return [item["title"] for item in json.loads(response.content)["items"]]
    root = xml(response.content)
    found = [*root.iterfind(f"{ATOM}entry/{ATOM}title"), *root.iterfind("channel/item/title")]
    return [title.text or "" for title in found]


@pytest.mark.parametrize("address", ALL)
def test_every_feed_holds_it(address: str, reported: Warning, visitor: Client) -> None:
    response = visitor.get(address)
    assert response.status_code == 200
    assert "A told one" in titles(response)


def test_atom(reported: Warning, visitor: Client) -> None:
    response = visitor.get("/feeds/tags/quibblefrotz.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = xml(response.content)
    assert root.findtext(f"{ATOM}title") == "Forewarned: warnings tagged quibblefrotz"
    assert root.findtext(f"{ATOM}id") == "http://localhost:8000/feeds/tags/quibblefrotz.atom"
    assert root.findtext(f"{ATOM}updated") == "2026-11-03T00:00:00+00:00"
    links = {link.get("rel"): link.get("href") for link in root.iterfind(f"{ATOM}link")}
    assert links["self"] == "http://localhost:8000/feeds/tags/quibblefrotz.atom"
    assert links["alternate"] == "http://localhost:8000/tags/quibblefrotz/"
    [entry] = root.iterfind(f"{ATOM}entry")
    address = f"http://localhost:8000/warnings/{reported.slug}/"
    assert entry.findtext(f"{ATOM}id") == address
    assert [link.get("href") for link in entry.iterfind(f"{ATOM}link")] == [address]
    summary = entry.find(f"{ATOM}summary")
    assert summary is not None
    assert (summary.text, summary.get("type")) == ("What it is about.", "text")
    assert entry.findtext(f"{ATOM}published") == "2026-11-02T00:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-03T00:00:00+00:00"
    assert [tag.get("term") for tag in entry.iterfind(f"{ATOM}category")] == ["odd & old", "quibblefrotz"]
    # The feed has an author, so its entries need none.
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Forewarned"


def test_rss(reported: Warning, visitor: Client) -> None:
    response = visitor.get("/feeds/tools/zoom.rss")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = xml(response.content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    assert root.findtext("channel/link") == "http://localhost:8000/tools/zoom/"
    assert root.findtext("channel/lastBuildDate") == "Tue, 03 Nov 2026 00:00:00 +0000"
    [item] = root.iterfind("channel/item")
    assert item.findtext("description") == "What it is about."
    assert item.findtext("pubDate") == "Mon, 02 Nov 2026 00:00:00 +0000"
    guid = item.find("guid")
    assert guid is not None
    assert guid.text == item.findtext("link") == f"http://localhost:8000/warnings/{reported.slug}/"


def test_json_feed(reported: Warning, visitor: Client) -> None:
    response = visitor.get("/feeds/marketplaces/upwork.json")
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = response.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "http://localhost:8000/marketplaces/upwork/"
    assert feed["feed_url"] == "http://localhost:8000/feeds/marketplaces/upwork.json"
    address = f"http://localhost:8000/warnings/{reported.slug}/"
    assert feed["items"] == [
        {
            "id": address,
            "url": address,
            "title": "A told one",
            "content_text": "What it is about.",
            "date_published": "2026-11-02T00:00:00+00:00",
            "date_modified": "2026-11-03T00:00:00+00:00",
            "tags": ["odd & old", "quibblefrotz"],
        }
    ]


@pytest.mark.parametrize("form", FORMS)
def test_hostile_texts_stay_texts(form: str, reported: Warning, visitor: Client) -> None:
    Warning.objects.filter(pk=reported.pk).update(
        title=HOSTILE.replace("\x00", ""), summary=HOSTILE.replace("\x00", "")
    )
    Tag.objects.filter(name="odd & old").update(name="]]><b>\x0b")
    Tool.objects.filter(slug="zoom").update(name="<i>Zoom</i>\x0c")
    response = visitor.get(f"/feeds/tools/zoom.{form}")
    [title] = titles(response)
    assert "</title><script>alert(1)</script> ]]> & " in title
    assert title.endswith("“€” 钉钉 \U0001f6a8 &amp;lt; <!--")
    text = response.content.decode()
    assert "<script>" not in text or form == "json"
    assert "\x08" not in text


def test_in_rss_a_summary_is_text_once_a_reader_takes_it_for_html(reported: Warning, visitor: Client) -> None:
    Warning.objects.filter(pk=reported.pk).update(summary="<img src=x onerror=alert(1)> & more")
    root = xml(visitor.get("/feeds/tools/zoom.rss").content)
    assert root.findtext("channel/item/description") == "&lt;img src=x onerror=alert(1)&gt; &amp; more"


@pytest.mark.parametrize("form", FORMS)
def test_every_character_can_be_told(form: str) -> None:
    text = "".join(map(chr, [*range(0x300), *range(0xFDC0, 0xFE00), 0xFFFE, 0xFFFF, 0x1F6A8, 0x10FFFF]))
    day = datetime(2026, 11, 2, tzinfo=UTC).date()
    entry = Entry(text, text, "https://x.example/w/", [text], day, day)
    content, _ = FORMS[form](Feed("T", "D", "https://x.example/", "https://x.example/f", "P", "H", [entry]))
    parsed = json.loads(content) if form == "json" else xml(content)
    assert parsed


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_feed_is_a_feed(form: str, visitor: Client) -> None:
    Warning.objects.all().delete()
    response = visitor.get(f"/feeds/warnings.{form}")
    assert titles(response) == []
    assert "Last-Modified" not in response
    again = visitor.get(f"/feeds/warnings.{form}", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("address", ALL)
def test_nothing_tells_who_wrote_or_at_what_hour(address: str, reported: Warning, visitor: Client) -> None:
    response = visitor.get(address)
    text = response.content.decode()
    assert "Quenya" not in text
    assert "13:14" not in text
    assert "23:59" not in text
    assert set(re.findall(r"\d\d:\d\d:\d\d", text)) == {"00:00:00"}
    assert " 00:00:00 " in response.get("Last-Modified", " 00:00:00 ")


@pytest.mark.parametrize("status", [status for status in Status if status != Status.PUBLISHED])
def test_only_what_is_published(status: Status, reported: Warning, visitor: Client) -> None:
    into = WarningFactory(title="Another") if status == Status.MERGED else None
    Warning.objects.filter(pk=reported.pk).update(status=status, merged_into=into)
    for address in ALL:
        response = visitor.get(address)
        assert "A told one" not in titles(response)


def test_the_newest_come_first_and_not_all(visitor: Client) -> None:
    start = timezone.now()
    for number in range(WARNINGS_IN_A_FEED + 2):
        WarningFactory(title=f"Number {number}", published_at=start + timedelta(minutes=number))
    found = titles(visitor.get("/feeds/warnings.atom"))
    assert found == [f"Number {number}" for number in range(WARNINGS_IN_A_FEED + 1, 1, -1)]


@pytest.mark.parametrize(
    "address",
    [
        *("warnings.html", "warnings", "warnings.atom/", "tools/nothing.atom", "tools/zoom.xml"),
        *(
            "tags/nothing.rss",
            "tags/%00.atom",
            "tags/a%20b.atom",
            "marketplaces/nothing.json",
            "mine/nothing.atom",
            "",
        ),
    ],
)
def test_what_is_unknown_is_a_404(address: str, visitor: Client) -> None:
    assert visitor.get(f"/feeds/{address}").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_an_older_name_of_a_tag_leads_to_its_feed(form: str, reported: Warning, visitor: Client) -> None:
    TagSynonym.objects.create(tag=Tag.objects.get(name="quibblefrotz"), name="старый", slug="старый", folded="старый")
    response = visitor.get(f"/feeds/tags/старый.{form}")
    assert (response.status_code, response["Location"]) == (301, f"/feeds/tags/quibblefrotz.{form}")


def test_a_tag_in_another_script_has_a_feed(reported: Warning, visitor: Client) -> None:
    set_tags(warning=reported, names=["监控"])
    for form in FORMS:
        assert titles(visitor.get(f"/feeds/tags/监控.{form}")) == ["A told one"]


@pytest.mark.parametrize("address", ALL)
def test_what_did_not_change_is_not_sent_again(address: str, reported: Warning, visitor: Client) -> None:
    Warning.objects.filter(pk=reported.pk).update(updated_at=timezone.now() - timedelta(days=2))
    Warning.objects.exclude(pk=reported.pk).delete()
    first = visitor.get(address)
    for validator in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = visitor.get(address, headers=validator)
        assert (again.status_code, again.content) == (304, b"")
    Warning.objects.filter(pk=reported.pk).update(title="Changed", updated_at=timezone.now())
    changed = visitor.get(address, headers={"If-None-Match": first["ETag"]})
    assert titles(changed) == ["Changed"]
    assert "Last-Modified" not in changed
    # By the date alone nothing of a day that is not over yet is missed.
    later = visitor.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert later.status_code == 200


@pytest.mark.parametrize("address", ALL)
def test_headers(address: str, reported: Warning, visitor: Client) -> None:
    response = visitor.get(address, headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"].startswith("public")
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    assert visitor.head(address).status_code == 200
    assert visitor.post(address).status_code == 405


@pytest.mark.parametrize("address", ["/feeds/mine/nothing.atom", "/feeds/mine/", "/warnings/"])
def test_nothing_else_is_open_to_other_sites(address: str, visitor: Client) -> None:
    response = visitor.get(address, headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in response
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ALL)
def test_the_number_of_queries_is_small(address: str, reported: Warning, visitor: Client) -> None:
    for number in range(5):
        set_tags(warning=WarningFactory(), names=[f"t{number}", "quibblefrotz"])
    with CaptureQueriesContext(connection) as captured:
        visitor.get(address)
    # What it is about, how many warnings, the warnings, and their tags by way of what ties them together.
    assert len(captured) <= 5
