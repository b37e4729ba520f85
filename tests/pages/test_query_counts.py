"""No page needs more queries because there are more rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.models import (
    Alternative,
    EntryRevision,
    Feature,
    Marketplace,
    Protection,
    ProtectionCitation,
    Tactic,
    Tool,
)
from reports.actions.warnings import set_tags
from reports.models import Warning
from tests.factories import (
    CommentFactory,
    FactFactory,
    ReportFactory,
    SourceFactory,
    ToolFactory,
    UserFactory,
    WarningFactory,
)
from tests.sitemap_of_tests import FOUNDING, pages, routes

pytestmark = pytest.mark.django_db

FEEDS = ("warnings", "tools/dingtalk", "tags/monitoring", "marketplaces/fiverr")
ADDRESSES = [
    *pages(),
    "/sitemap.xml",
    *(f"/sitemap-{section}-1.xml" for section in ("pages", "tools", "warnings", "tags")),
    "/tools/matrix.csv",
    "/card/dingtalk.png",
    "/api/v1/search?q=madetool",
    "/api/v1/transparency",
    "/transparency/figures.csv",
    "/transparency/decisions.csv",
    "/search/?q=madetool",
    "/search/?q=trouble",
    "/search/suggestions/?q=madetool",
    "/tags/suggestions/?q=madetool",
    *(f"/feeds/{about}.{form}" for about in FEEDS for form in ("atom", "rss", "json")),
    "/opensearch/suggestions/?q=madetool",
    f"/warnings/{FOUNDING}/history/?from=1&to=2",
    "/tools/dingtalk/history/?from=0&to=2",
]

# Pages of somebody's own; tests of theirs watch over them.
PERSONAL = (
    *("accounts/", "u/", "report/", "track/", "evidence/", "comments/", "watch/", "feeds/mine/"),
    *("stop-mail/", "invitation/"),
    *("moderation/", "decisions/", "flag/", "flags/", "notice/", "statements/", "tools/<slug:slug>/statement/"),
    *("warnings/<slug:slug>/happened/", "warnings/<slug:slug>/vote/", "warnings/<slug:slug>/comments/"),
    *("directory-edits/", "warnings/<slug:slug>/suggestions/", "warnings/<slug:slug>/history/<int:number>/restore/"),
    "tags/<tagslug:slug>/curate/",
)


def queries_of(visitor: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert visitor.get(address).status_code == 200
    return len(captured)


def counts(visitor: Client) -> dict[str, int]:
    """The queries of each address; the names that a process keeps in memory are read anew before."""
    visitor.get("/search/?q=madetool")
    return {address: queries_of(visitor, address) for address in ADDRESSES}


def grow(times: int) -> None:
    """Give every page more to show: tools, facts, sources, names, warnings, reports, comments, tags."""
    dingtalk = Tool.objects.get(slug="dingtalk")
    alerts = Feature.objects.get(slug="escalating-alerts")
    tactic, fiverr = Tactic.objects.get(slug="off-platform-contact"), Marketplace.objects.get(slug="fiverr")
    founding = Warning.objects.get(slug=FOUNDING)
    for number in range(times):
        tool = ToolFactory()
        FactFactory(tool=tool, feature=alerts)
        FactFactory(tool=dingtalk)
        Alternative.objects.create(tool=dingtalk, alternative=tool, position=50 + number)
        protection = Protection.objects.create(tool=dingtalk, name=f"Shield {tool.slug}", detail="x")
        ProtectionCitation.objects.create(protection=protection, source=SourceFactory())
        warning = WarningFactory(title=f"Madetool trouble {tool.slug}")
        warning.tools.add(dingtalk, tool)
        warning.tactics.add(tactic)
        warning.marketplaces.add(fiverr)
        set_tags(warning=warning, names=["monitoring", tool.slug])
        comment = CommentFactory(warning=founding)
        CommentFactory(warning=founding, parent=comment, level=1)
        joined = ReportFactory(warning=founding, marketplace=fiverr)
        picture = {"media_type": "image/png", "size": 1, "width": 1, "height": 1, "published": True}
        joined.evidence.create(stored_name=f"{joined.pk}.png", **picture)
        author = UserFactory()
        text = {"title": f"T{number}", "summary": "s", "body": "b", "links": {"tools": [tool.slug]}}
        versions = founding.revisions.count()
        founding.revisions.create(number=versions + 1, author=author, **text)
        edits = [("tool", "dingtalk"), ("fact", "dingtalk/escalating-alerts"), ("tactic", tactic.slug)]
        for kind, key in [*edits, ("rule", "fiverr/off-platform-contact")]:
            EntryRevision.objects.create(kind=kind, key=key, number=versions, before={}, after={}, author=author)


def test_every_route_is_counted() -> None:
    counted = {address.partition("?")[0] for address in ADDRESSES}
    without = {"/robots.txt", "/service-worker.js", "/favicon.ico", "/.well-known/security.txt", "/healthz", "/readyz", "/api/v1/openapi.json", "/opensearch.xml",
               "/api/v1/docs", "/api/v1/"}  # fmt: skip
    personal = [route for route in routes() if route.pattern.startswith(PERSONAL) or route.pattern.endswith("/edit/")]
    addresses = {route.address for route in routes() if route not in personal}
    assert addresses - counted <= without | {"/.well-known/change-password"}


def test_the_number_of_queries_grows_on_no_page(visitor: Client) -> None:
    # Enough that a search already reads about as many of the tools it found as it ever does.
    # It takes seconds: every page is read with few and with many things on it.
    grow(12)
    few = counts(visitor)
    grow(20)
    many = counts(visitor)
    # Fewer is fine: a page of results may hold fewer sorts of things.
    assert {address: (few[address], many[address]) for address in ADDRESSES if many[address] > few[address]} == {}
