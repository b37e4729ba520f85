"""Structured data for search engines (schema.org, as JSON-LD): the parts that all pages share."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from common.urls import absolute_url

Data = dict[str, Any]


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> Data:
    """The way to a page: pairs of a name and an address below PUBLIC_URL, from the top down."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute_url(address)}
        for number, (name, address) in enumerate(steps, start=1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def publisher() -> Data:
    """Who publishes: the site."""
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute_url("/")}
