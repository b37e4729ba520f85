"""The section of sources: no files of its own, but the pages that the other files cite."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from directory.catalogue.reader import Reading
from directory.catalogue.rows import day_of
from directory.catalogue.schemas import SourceEntry
from directory.models import Source

Content = dict[str, Any]
FOLDER = "sources"


def shared_sources(reading: Reading, compiled_on: date) -> dict[str, Content]:
    """Every page cited anywhere, by address, in canonical form.

    Where a page is cited under several titles, the first one names it; the others become the passage of
    their citation. A page is confirmed once any of its citations is.
    """
    shared: dict[str, Content] = {}
    for cited in _all_sources(reading):
        known = shared.setdefault(
            cited.url,
            {
                "slug": slug_of(cited.url),
                "url": cited.url,
                "title": cited.title,
                "publisher": cited.publisher,
                "confirmed": False,
                "checked_on": compiled_on.isoformat(),
            },
        )
        known["confirmed"] = known["confirmed"] or cited.confirmed
    return shared


def slug_of(url: str) -> str:
    """A short fixed name for an address, for the loader's own book-keeping."""
    return hashlib.sha256(url.encode()).hexdigest()[:40]


def canonical_citations(cited: Iterable[SourceEntry], sources: Mapping[str, Mapping[str, Any]]) -> Sequence[Content]:
    """Citations as plain JSON; a title that differs from the page's own becomes the passage."""
    return [
        {
            "url": source.url,
            "passage": source.passage or ("" if source.title == sources[source.url]["title"] else source.title),
            "confirmed": source.confirmed,
        }
        for source in cited
    ]


def is_confirmed(cited: Iterable[SourceEntry]) -> bool:
    """Whether somebody opened at least one of the pages and found the fact there."""
    return any(source.confirmed for source in cited)


def current(urls: Collection[str]) -> dict[str, Content]:
    """Return the sources with these URLs from the database in canonical form, by URL."""
    found = Source.objects.in_bulk(urls, field_name="url")
    return {url: _current(source) for url, source in found.items()}


def _current(source: Source) -> Content:
    return {
        "slug": slug_of(source.url),
        "url": source.url,
        "title": source.title,
        "publisher": source.publisher,
        "confirmed": source.confirmed,
        "checked_on": day_of(source.last_checked_on),
    }


def write(content: Content) -> None:
    """Make the database agree with the canonical content of a source."""
    Source.objects.update_or_create(
        url=content["url"],
        defaults={
            "title": content["title"],
            "publisher": content["publisher"],
            "confirmed": content["confirmed"],
            "last_checked_on": content["checked_on"],
        },
    )


def _all_sources(reading: Reading) -> Iterable[SourceEntry]:
    for entries in reading.entries.values():
        for entry in entries.values():
            yield from _sources_in(entry)


def _sources_in(part: Any) -> Iterable[SourceEntry]:
    if isinstance(part, SourceEntry):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _sources_in(getattr(part, name))
    elif isinstance(part, list):
        for item in part:
            yield from _sources_in(item)
