"""The section of sources: the pages cited by other files. It has no files of its own."""

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
    """Return every cited page in canonical form, by URL.

    If a page is cited under several titles, the first becomes its title and the others the passages of their
    citations. A page is confirmed if any of its citations is.
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
    """Return a short stable identifier of a URL, used by the loader."""
    return hashlib.sha256(url.encode()).hexdigest()[:40]


def canonical_citations(cited: Iterable[SourceEntry], sources: Mapping[str, Mapping[str, Any]]) -> Sequence[Content]:
    """Return citations as plain JSON; a title that differs from the page's title becomes the passage."""
    return [
        {
            "url": source.url,
            "passage": source.passage or ("" if source.title == sources[source.url]["title"] else source.title),
            "confirmed": source.confirmed,
        }
        for source in cited
    ]


def is_confirmed(cited: Iterable[SourceEntry]) -> bool:
    """Return whether at least one of the pages was opened and confirms the fact."""
    return any(source.confirmed for source in cited)


def current(urls: Collection[str]) -> dict[str, Content]:
    """Return sources from the database in canonical form, by URL."""
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
    """Write the canonical content of a source to the database."""
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
