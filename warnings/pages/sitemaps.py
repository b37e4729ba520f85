"""The sitemap: every public page, with the date of its last change."""

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from directory.models import Feature, Marketplace, Tactic, Tool
from reports.models import Tag, Warning

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


if TYPE_CHECKING:
    AnySitemap = Sitemap[Any]
else:
    # Sitemap is generic only for the type checker.
    AnySitemap = Sitemap


class PublicSitemap(AnySitemap):
    """A sitemap whose URLs begin with PUBLIC_URL, whatever host the request used."""

    protocol = urlsplit(settings.PUBLIC_URL).scheme

    def get_domain(self, site: object = None) -> str:
        """Return the public host and port."""
        return urlsplit(settings.PUBLIC_URL).netloc


class StaticSitemap(PublicSitemap):
    """Pages that always exist."""

    def items(self) -> list[str]:
        """Return the names of the URLs."""
        return list(STATIC_PAGES)

    def location(self, item: str) -> str:
        """Return the path of a page."""
        return reverse(item)


class EntrySitemap(PublicSitemap):
    """The pages of one kind of entry. `name` is the name of their URL."""

    def __init__(self, name: str, entries: "QuerySet[Any]", *, dated: bool) -> None:
        self.name = name
        self.entries = entries
        self.dated = dated

    def items(self) -> "QuerySet[Any]":
        """Return the entries in a stable order."""
        return self.entries.order_by("pk")

    def location(self, item: Any) -> str:
        """Return the path of an entry."""
        return reverse(self.name, kwargs={"slug": item.slug})

    def lastmod(self, item: Any) -> date | None:
        """Return the day of an entry's last change without the time, or None if it is unknown."""
        return item.updated_at.date() if self.dated else None


def sitemaps() -> dict[str, type[AnySitemap] | AnySitemap]:
    """Return all sitemaps by section."""
    return {
        "pages": StaticSitemap(),
        "tools": EntrySitemap("tool", Tool.objects.all(), dated=True),
        "features": EntrySitemap("feature", Feature.objects.all(), dated=False),
        "tactics": EntrySitemap("tactic", Tactic.objects.all(), dated=True),
        "marketplaces": EntrySitemap("marketplace", Marketplace.objects.all(), dated=True),
        "warnings": EntrySitemap("warning", Warning.objects.published(), dated=True),
        "tags": EntrySitemap("tag", Tag.objects.in_use(), dated=False),
    }
