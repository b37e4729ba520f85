"""The sitemap: an index of files, and in these every public page with the date of its last change.

A file has the entries of a range of primary keys, so that it costs the same however many entries there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from common.urls import absolute_url
from directory.models import Feature, Marketplace, Tactic, Tool
from reports.models import Tag, Warning

ADDRESSES_IN_A_FILE = 1_000
STATIC_PAGES = (
    "home",
    "tools",
    "matrix",
    "compare",
    "features",
    "tactics",
    "marketplaces",
    "warnings",
    "tags",
    "about",
    "method",
    "guidelines",
    "privacy",
    "design",
)


@dataclass(frozen=True)
class Address:
    """The address of a page or file. `lastmod` is the day of its last change without the time, if that is known."""

    location: str
    lastmod: date | None = None


@dataclass(frozen=True)
class Entries:
    """The pages of one kind of entry. `name` is the name of their URL."""

    name: str
    entries: QuerySet[Any]
    dated: bool

    def files(self) -> int:
        """Return the number of files. One whose entries are all gone or hidden is empty."""
        every = self.entries.model._default_manager.order_by("-pk").values_list("pk", flat=True)
        return -(-(every.first() or 0) // ADDRESSES_IN_A_FILE)

    def addresses(self, file: int) -> Iterator[Address]:
        """Yield the addresses in a file; the first is 1."""
        last = file * ADDRESSES_IN_A_FILE
        rows = self.entries.filter(pk__gt=last - ADDRESSES_IN_A_FILE, pk__lte=last).order_by("pk")
        for row in rows.only("slug", "updated_at") if self.dated else rows.only("slug"):
            location = absolute_url(reverse(self.name, kwargs={"slug": row.slug}))
            yield Address(location, row.updated_at.date() if self.dated else None)


def sitemaps() -> dict[str, Entries]:
    """Return the kinds of entries by section."""
    return {
        "tools": Entries("tool", Tool.objects.all(), dated=True),
        "features": Entries("feature", Feature.objects.all(), dated=False),
        "tactics": Entries("tactic", Tactic.objects.all(), dated=True),
        "marketplaces": Entries("marketplace", Marketplace.objects.all(), dated=True),
        "warnings": Entries("warning", Warning.objects.published(), dated=True),
        "tags": Entries("tag", Tag.objects.on_published_warnings(), dated=False),
    }


def files() -> list[Address]:
    """Return the addresses of all files."""
    names = [("pages", 1), *((name, file + 1) for name, kind in sitemaps().items() for file in range(kind.files()))]
    return [Address(absolute_url(reverse("sitemap-file", args=[name, file]))) for name, file in names]


def addresses_in(section: str, file: int) -> list[Address]:
    """Return the addresses in a file of a section. Raises Http404."""
    if section == "pages" and file == 1:
        return [Address(absolute_url(reverse(name))) for name in STATIC_PAGES]
    kind = sitemaps().get(section)
    if kind is None or not 1 <= file <= kind.files():
        raise Http404("There is no such sitemap.")
    return list(kind.addresses(file))
