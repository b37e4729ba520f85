"""Every address of the site, from its own URL list: what the structure, crawl and browser tests go through."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

FOUNDING = "stay-away-from-a-buyer-who-asks-you-to-use-dingtalk"

# One real example for each route with a variable part.
EXAMPLES = {
    "tools/<slug:slug>/": "tools/dingtalk/",
    "card/<slug:slug>.png": "card/dingtalk.png",
    "features/<slug:slug>/": "features/escalating-alerts/",
    "tactics/<slug:slug>/": "tactics/off-platform-contact/",
    "marketplaces/<slug:slug>/": "marketplaces/fiverr/",
    "warnings/<slug:slug>/": f"warnings/{FOUNDING}/",
    "warnings/<slug:slug>/history/": f"warnings/{FOUNDING}/history/",
    "tags/<tagslug:slug>/": "tags/monitoring/",
}


@dataclass(frozen=True)
class Route:
    """One route: as written in the URL list, and an address that it answers."""

    pattern: str
    address: str


def routes() -> list[Route]:
    """All routes. A route with a variable part and no example fails here."""
    return [Route(pattern, f"/{_example(pattern)}") for pattern in dict.fromkeys(_patterns(get_resolver(), ""))]


def pages() -> list[str]:
    """The addresses of all HTML pages, a search with and without a result among them."""
    machine = (
        "api/",
        "search/suggestions/",
        "opensearch",
        "service-worker.js",
        "tools/matrix.csv",
        "card/",
        "robots",
        "sitemap",
        "favicon",
        ".well-known",
        "healthz",
        "readyz",
    )
    found = [route.address for route in routes() if not route.pattern.startswith(machine)]
    return [*found, "/search/?q=dingding", "/search/?q=qwxzv", "/tools/wire/", "/tools/?grade=A", "/tools/?page=2",
            "/tools/compare/?tool=dingtalk&tool=wechat&tool=nothing", "/tools/matrix/?kind=messenger&family=money"]  # fmt: skip


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for part in resolver.url_patterns:
        pattern = f"{prefix}{part.pattern}"
        if isinstance(part, URLResolver):
            yield from _patterns(part, pattern)
        elif isinstance(part, URLPattern):
            yield pattern.removeprefix("^").removesuffix("$")


def _example(pattern: str) -> str:
    if "<" not in pattern:
        return pattern
    if pattern not in EXAMPLES:
        raise AssertionError(f"tests/sitemap_of_tests.py has no example for the route {pattern}")
    return EXAMPLES[pattern]
