"""Serialise a feed as Atom, RSS or JSON Feed. Pure."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape

# Dates only, so that feeds do not reveal at what time people are active.
_START_OF_DAY = time(tzinfo=UTC)
# Characters that XML 1.0 does not allow, not even as a reference.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = "en"


@dataclass(frozen=True)
class Entry:
    """A post in a feed: plain texts, its absolute URL, and dates. Without an `identity`, its URL identifies it."""

    title: str
    summary: str
    address: str
    tags: list[str]
    published: date
    updated: date
    identity: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed: its subject, the equivalent page, its own URL, and its entries."""

    title: str
    description: str
    page: str
    address: str
    publisher: str
    home: str
    entries: list[Entry]


class _PlainAtom(Atom1Feed):
    """An Atom feed with summaries of type text."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add the elements of an entry."""
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})

    def latest_post_date(self) -> datetime:
        """Return the latest date of an entry, or the epoch for an empty feed."""
        days = [item["updateddate"] for item in self.items]
        return max(days, default=datetime(1970, 1, 1, tzinfo=UTC))


class _DatedRss(Rss201rev2Feed):
    """An RSS feed dated by its latest entry instead of the time of the request."""

    latest_post_date = _PlainAtom.latest_post_date


def as_atom(feed: Feed) -> tuple[str, str]:
    """Return the feed as Atom 1.0, and its content type."""
    return _as_xml(_PlainAtom, feed)


def as_rss(feed: Feed) -> tuple[str, str]:
    """Return the feed as RSS 2.0, and its content type. Readers parse descriptions as HTML, so they are escaped."""
    return _as_xml(_DatedRss, feed)


def as_json(feed: Feed) -> tuple[str, str]:
    """Return the feed as JSON Feed 1.1, and its content type."""
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "description": feed.description,
        "language": _LANGUAGE,
        "authors": [{"name": feed.publisher, "url": feed.home}],
        "items": [
            {
                "id": entry.identity or entry.address,
                "url": entry.address,
                "title": entry.title,
                "content_text": entry.summary,
                "date_published": _moment(entry.published).isoformat(),
                "date_modified": _moment(entry.updated).isoformat(),
                "tags": entry.tags,
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(content), "application/feed+json; charset=utf-8"


FORMS = {"atom": as_atom, "rss": as_rss, "json": as_json}


def _as_xml(form: type[Atom1Feed] | type[Rss201rev2Feed], feed: Feed) -> tuple[str, str]:
    document = form(
        title=_xml(feed.title),
        link=feed.page,
        description=_xml(feed.description),
        language=_LANGUAGE,
        author_name=feed.publisher,
        author_link=feed.home,
        feed_url=feed.address,
        feed_guid=feed.address,
    )
    for entry in feed.entries:
        summary = _xml(entry.summary)
        document.add_item(
            title=_xml(entry.title),
            link=entry.address,
            description=summary if form is _PlainAtom else escape(summary),
            unique_id=entry.identity or entry.address,
            unique_id_is_permalink=not entry.identity,
            pubdate=_moment(entry.published),
            updateddate=_moment(entry.updated),
            categories=[_xml(tag) for tag in entry.tags],
        )
    return document.writeString("utf-8"), form.content_type


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _moment(day: date) -> datetime:
    return datetime.combine(day, _START_OF_DAY)
