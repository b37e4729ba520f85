"""The sitemap: every public page, with the day of its last change."""

from datetime import datetime
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
    # The type is generic for the type checker only.
    AnySitemap = Sitemap


class PublicSitemap(AnySitemap):
    """Addresses begin with PUBLIC_URL, whatever name the request came by."""

    protocol = urlsplit(settings.PUBLIC_URL).scheme

    def get_domain(self, site: object = None) -> str:
        """The public host and port."""
        return urlsplit(settings.PUBLIC_URL).netloc


class StaticSitemap(PublicSitemap):
    """Pages that are always there."""

    def items(self) -> list[str]:
        """Their names."""
        return list(STATIC_PAGES)

    def location(self, item: str) -> str:
        """Their addresses."""
        return reverse(item)


class EntrySitemap(PublicSitemap):
    """The pages of one kind of entry; `name` is that of the page's address."""

    def __init__(self, name: str, entries: "QuerySet[Any]", *, dated: bool) -> None:
        self.name = name
        self.entries = entries
        self.dated = dated

    def items(self) -> "QuerySet[Any]":
        """The entries, in a stable order."""
        return self.entries.order_by("pk")

    def location(self, item: Any) -> str:
        """The entry's address."""
        return reverse(self.name, kwargs={"slug": item.slug})

    def lastmod(self, item: Any) -> datetime | None:
        """When the entry last changed, where that is known."""
        return item.updated_at if self.dated else None


def sitemaps() -> dict[str, type[AnySitemap] | AnySitemap]:
    """All sitemaps by section."""
    return {
        "pages": StaticSitemap(),
        "tools": EntrySitemap("tool", Tool.objects.all(), dated=True),
        "features": EntrySitemap("feature", Feature.objects.all(), dated=False),
        "tactics": EntrySitemap("tactic", Tactic.objects.all(), dated=True),
        "marketplaces": EntrySitemap("marketplace", Marketplace.objects.all(), dated=True),
        "warnings": EntrySitemap("warning", Warning.objects.published(), dated=True),
        "tags": EntrySitemap("tag", Tag.objects.in_use(), dated=False),
    }
