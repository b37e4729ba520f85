"""Structured data of a tool's page. It has no rating, since the grade is not a customer review."""

from typing import Any

from django.urls import reverse

from common.json_ld import publisher
from common.urls import absolute_url
from directory.choices import Platform
from directory.models import Tool


def tool_data(tool: Tool, description: str) -> dict[str, Any]:
    """Return a tool fetched with `for_page` as a schema.org SoftwareApplication."""
    address = absolute_url(reverse("tool", kwargs={"slug": tool.slug}))
    application: dict[str, Any] = {
        "@type": "SoftwareApplication",
        "name": tool.name,
        "applicationCategory": tool.get_kind_display(),
        "operatingSystem": ", ".join(Platform(value).label for value in tool.platforms),
        "alternateName": [name.text for name in tool.names.all() if name.is_real and name.text != tool.name],
    }
    if tool.website:
        application["url"] = tool.website
    if tool.vendor:
        application["author"] = {"@type": "Organization", "name": tool.vendor.name}
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": address,
        "name": f"{tool.name}: what it lets others do to you",
        "description": description,
        "dateModified": tool.updated_at.date().isoformat(),
        "publisher": publisher(),
        "about": {key: value for key, value in application.items() if value},
    }
