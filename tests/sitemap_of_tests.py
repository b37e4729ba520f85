"""Every address of the site, from its own URL list: what the structure, crawl and browser tests go through."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

FOUNDING = "stay-away-from-a-buyer-who-asks-you-to-use-dingtalk"

NOTHING = "00000000-0000-4000-8000-000000000000"

# One real example for each route with a variable part.
EXAMPLES = {
    "tools/<slug:slug>/": "tools/dingtalk/",
    "card/<slug:slug>.png": "card/dingtalk.png",
    "features/<slug:slug>/": "features/escalating-alerts/",
    "tactics/<slug:slug>/": "tactics/off-platform-contact/",
    "marketplaces/<slug:slug>/": "marketplaces/fiverr/",
    "warnings/<slug:slug>/": f"warnings/{FOUNDING}/",
    "warnings/<slug:slug>/history/": f"warnings/{FOUNDING}/history/",
    "warnings/<slug:slug>/history/<int:number>/": f"warnings/{FOUNDING}/history/1/",
    "warnings/<slug:slug>/history/<int:number>/restore/": f"warnings/{FOUNDING}/history/1/restore/",
    "warnings/<slug:slug>/edit/": f"warnings/{FOUNDING}/edit/",
    "warnings/<slug:slug>/suggestions/<int:pk>/": f"warnings/{FOUNDING}/suggestions/999999999/",
    "tools/<slug:slug>/edit/": "tools/dingtalk/edit/",
    "tools/<slug:slug>/facts/": "tools/dingtalk/facts/",
    "marketplaces/<slug:slug>/rules/": "marketplaces/fiverr/rules/",
    "tools/<slug:slug>/history/": "tools/dingtalk/history/",
    "tools/<slug:slug>/facts/<slug:part>/edit/": "tools/dingtalk/facts/escalating-alerts/edit/",
    "tools/<slug:slug>/facts/<slug:part>/history/": "tools/dingtalk/facts/escalating-alerts/history/",
    "tactics/<slug:slug>/edit/": "tactics/off-platform-contact/edit/",
    "tactics/<slug:slug>/history/": "tactics/off-platform-contact/history/",
    "marketplaces/<slug:slug>/rules/<slug:part>/edit/": "marketplaces/fiverr/rules/off-platform-contact/edit/",
    "marketplaces/<slug:slug>/rules/<slug:part>/history/": "marketplaces/fiverr/rules/off-platform-contact/history/",
    "directory-edits/<int:pk>/": "directory-edits/999999999/",
    "directory-edits/<int:pk>/restore/": "directory-edits/999999999/restore/",
    "accounts/connections/<int:pk>/end/": "accounts/connections/999999999/end/",
    "tags/<tagslug:slug>/": "tags/monitoring/",
    "tags/<tagslug:slug>/curate/": "tags/monitoring/curate/",
    "sitemap-<slug:section>-<int:file>.xml": "sitemap-warnings-1.xml",
    "feeds/warnings.<feedform:form>": "feeds/warnings.atom",
    "feeds/tools/<slug:slug>.<feedform:form>": "feeds/tools/dingtalk.rss",
    "feeds/tags/<tagslug:slug>.<feedform:form>": "feeds/tags/monitoring.json",
    "feeds/marketplaces/<slug:slug>.<feedform:form>": "feeds/marketplaces/fiverr.atom",
    "u/<str:handle>/": "u/somebody/",
    "report/drafts/<uuid:public_id>/delete/": "report/drafts/00000000-0000-4000-8000-000000000000/delete/",
    "report/sent/<uuid:key>/": "report/sent/00000000-0000-4000-8000-000000000000/",
    "track/<str:code>/": "track/babadab/",
    "accounts/reports/<uuid:public_id>/": "accounts/reports/00000000-0000-4000-8000-000000000000/",
    "warnings/<slug:slug>/happened/": f"warnings/{FOUNDING}/happened/",
    "warnings/<slug:slug>/vote/": f"warnings/{FOUNDING}/vote/",
    "warnings/<slug:slug>/vote/begin/": f"warnings/{FOUNDING}/vote/begin/",
    "warnings/<slug:slug>/comments/": f"warnings/{FOUNDING}/comments/",
    "comments/<uuid:public_id>/": f"comments/{NOTHING}/",
    "comments/<uuid:public_id>/vote/": f"comments/{NOTHING}/vote/",
    "comments/<uuid:public_id>/vote/begin/": f"comments/{NOTHING}/vote/begin/",
    "comments/<uuid:public_id>/answers/": f"comments/{NOTHING}/answers/",
    "comments/<uuid:public_id>/edit/": f"comments/{NOTHING}/edit/",
    "comments/<uuid:public_id>/delete/": f"comments/{NOTHING}/delete/",
    "watch/<slug:kind>/<str:slug>/": "watch/tool/dingtalk/",
    "feeds/mine/<str:secret>.atom": "feeds/mine/nothing.atom",
    "accounts/notices/<uuid:public_id>/": f"accounts/notices/{NOTHING}/",
    "stop-mail/<str:token>/": "stop-mail/nothing/",
    "evidence/<uuid:public_id>/": "evidence/00000000-0000-4000-8000-000000000000/",
    "notice/<str:code>/": "notice/babadab/",
    "tools/<slug:slug>/statement/": "tools/dingtalk/statement/",
    "statements/<uuid:public_id>/": f"statements/{NOTHING}/",
    "statements/<uuid:public_id>/drop/": f"statements/{NOTHING}/drop/",
    "statements/<uuid:public_id>/<str:token>/": f"statements/{NOTHING}/nothing/",
    "moderation/views/<int:pk>/forget/": "moderation/views/999999999/forget/",
    "moderation/proposals/<int:pk>/take-back/": "moderation/proposals/999999999/take-back/",
    "moderation/invitations/<int:pk>/": "moderation/invitations/999999999/",
    "invitation/<str:token>/": "invitation/nothing/",
    "moderation/reasons/<slug:slug>/": "moderation/reasons/unclear/",
    "moderation/announcements/<int:pk>/": "moderation/announcements/999999999/",
    "moderation/pictures/<uuid:public_id>/": f"moderation/pictures/{NOTHING}/",
    "moderation/open/<slug:kind>/<str:key>/": f"moderation/open/warning/{FOUNDING}/",
    "moderation/bulk/<uuid:batch>/": f"moderation/bulk/{NOTHING}/",
    "moderation/cases/<uuid:public_id>/": f"moderation/cases/{NOTHING}/",
    "moderation/cases/<uuid:public_id>/take/": f"moderation/cases/{NOTHING}/take/",
    "moderation/cases/<uuid:public_id>/renew/": f"moderation/cases/{NOTHING}/renew/",
    "moderation/cases/<uuid:public_id>/give-back/": f"moderation/cases/{NOTHING}/give-back/",
    "moderation/cases/<uuid:public_id>/danger/": f"moderation/cases/{NOTHING}/danger/",
    "decisions/<uuid:public_id>/": f"decisions/{NOTHING}/",
    "decisions/<uuid:public_id>/undo/": f"decisions/{NOTHING}/undo/",
    "decisions/<uuid:public_id>/throw-away/": f"decisions/{NOTHING}/throw-away/",
    "track/<str:code>/decisions/<uuid:public_id>/": f"track/babadab/decisions/{NOTHING}/",
    "flag/<slug:kind>/<str:key>/": f"flag/warning/{FOUNDING}/",
    "flags/<uuid:public_id>/": f"flags/{NOTHING}/",
    "accounts/sessions/<uuid:public_id>/end/": "accounts/sessions/00000000-0000-4000-8000-000000000000/end/",
    "accounts/first/<str:token>/": "accounts/first/nothing/",
    "accounts/^confirm-email/(?P<key>[-:\\w]+)/": "accounts/confirm-email/nothing/",
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/": "accounts/password/reset/key/1-nothing/",
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": "accounts/2fa/webauthn/keys/1/remove/",
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": "accounts/2fa/webauthn/keys/1/edit/",
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
        "tags/suggestions/",
        "opensearch",
        "service-worker.js",
        "tools/matrix.csv",
        "transparency/figures.csv",
        "transparency/decisions.csv",
        "card/",
        "robots",
        "sitemap",
        "favicon",
        ".well-known",
        "healthz",
        "readyz",
        # What belongs to somebody has tests of its own, as that somebody.
        "accounts/",
        "u/",
        "report/",
        "track/",
        "evidence/",
        "warnings/<slug:slug>/happened/",
        "warnings/<slug:slug>/vote/",
        "warnings/<slug:slug>/comments/",
        "comments/",
        "watch/",
        "feeds/",
        "tags/<tagslug:slug>/curate/",
        "stop-mail/",
        "directory-edits/",
        "moderation/",
        "invitation/",
        "notice/",
        "statements/",
        "tools/<slug:slug>/statement/",
        "decisions/",
        "flag/",
        "flags/",
        "warnings/<slug:slug>/suggestions/",
        "warnings/<slug:slug>/history/<int:number>/restore/",
    )
    found = [
        route.address
        for route in routes()
        if not route.pattern.startswith(machine) and not route.pattern.endswith("/edit/")
    ]
    return [*found, "/search/?q=dingding", "/search/?q=qwxzv", "/tools/wire/", "/tools/?grade=A", "/tools/?page=2",
            "/tools/compare/?tool=dingtalk&tool=wechat&tool=nothing", "/tools/matrix/?kind=messenger&family=money"]  # fmt: skip


def entrance_pages() -> list[str]:
    """The addresses of pages with a form for people who are not signed in: they set the cookie that protects it."""
    return [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/report/",
        "/track/",
        f"/flag/warning/{FOUNDING}/",
        "/notice/",
        "/tools/dingtalk/statement/",
    ]


def own_pages() -> list[str]:
    """The addresses of pages that somebody signed in sees of their own."""
    return ["/accounts/", "/accounts/edits/", "/accounts/connections/", "/accounts/reports/", "/accounts/sessions/", "/accounts/notices/", "/accounts/notices/choose/", "/accounts/watches/",
            "/accounts/email/", "/accounts/password/change/", "/accounts/logout/",
            "/accounts/2fa/", "/accounts/2fa/webauthn/", "/accounts/reauthenticate/"]  # fmt: skip


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for part in resolver.url_patterns:
        pattern = f"{prefix}{part.pattern}"
        if isinstance(part, URLResolver):
            yield from _patterns(part, pattern)
        elif isinstance(part, URLPattern):
            yield pattern.removeprefix("^").removesuffix("$")


def _example(pattern: str) -> str:
    if "<" not in pattern and "^" not in pattern:
        return pattern
    if pattern not in EXAMPLES:
        raise AssertionError(f"tests/sitemap_of_tests.py has no example for the route {pattern}")
    return EXAMPLES[pattern]
