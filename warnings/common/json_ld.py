"""Structured data for search engines (schema.org, as JSON-LD) that several pages share."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from common.urls import absolute_url

Data = dict[str, Any]


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> Data:
    """Return the breadcrumbs of a page: pairs of name and path below PUBLIC_URL, from the top down."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute_url(address)}
        for number, (name, address) in enumerate(steps, start=1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def publisher() -> Data:
    """Return the site as the publisher."""
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute_url("/")}
