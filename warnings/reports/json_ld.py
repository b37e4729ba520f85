"""Structured data for a warning's page."""

from typing import Any

from django.urls import reverse

from common.json_ld import publisher
from common.urls import absolute_url
from reports.models import Warning


def warning_data(warning: Warning) -> dict[str, Any]:
    """Return a published warning as a schema.org Article.

    Dates have no time of day, which could help to identify the author.
    """
    published = warning.published_at
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": warning.title,
        "description": warning.summary,
        "url": absolute_url(reverse("warning", kwargs={"slug": warning.slug})),
        "datePublished": published.date().isoformat() if published else None,
        "dateModified": warning.updated_at.date().isoformat(),
        "author": publisher(),
        "publisher": publisher(),
        "license": "https://creativecommons.org/licenses/by-sa/4.0/",
        "commentCount": warning.comment_count,
        "keywords": [tagged.tag.name for tagged in warning.tagged.all()],
    }
