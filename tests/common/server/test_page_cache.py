"""Finished pages are sent again to anonymous readers while the content is the same, and to nobody else."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from common.http import page_cache
from common.http.cache_headers import PRIVATE_CACHE, PUBLIC_CACHE
from common.http.page_cache import PageCache
from common.http.public_pages import parameters_of, public_page
from common.http.wsgi_bridge import WsgiResponse
from tests.common.server.test_wsgi_bridge import scope

HOST = (b"host", b"localhost:8000")
PUBLIC = [(b"cache-control", PUBLIC_CACHE.encode()), (b"vary", b"Cookie, Accept-Encoding"), (b"etag", b'W/"1"')]
PRIVATE = [(b"cache-control", PRIVATE_CACHE.encode())]


class Content:
    """The version of the content, for tests that change it."""

    def __init__(self) -> None:
        self.version: int | None = 1

    async def current(self) -> int | None:
        return self.version

    def known(self) -> int | None:
        return self.version

    def changed(self) -> None:
        """Nothing to do."""


class Site:
    """A site that counts how often each page is rendered."""

    def __init__(self, *, megabytes: int = 1) -> None:
        self.content = Content()
        self.pages = PageCache(self.content, megabytes=megabytes)
        self.rendered: list[bytes] = []
        self.status, self.headers, self.body, self.expires = 200, PUBLIC, b"page", float("inf")
        self.meanwhile: Callable[[], Awaitable[None]] | None = None

    async def render(self, asked: Any) -> tuple[WsgiResponse, dict[str, Any]]:
        self.rendered.append(asked["raw_path"] + b"?" + asked["query_string"])
        body = self.body
        if self.meanwhile:
            await self.meanwhile()
        return WsgiResponse(self.status, self.headers, body), {"forewarned.page_expires": self.expires}

    async def asked(
        self, path: str = "/about/", *headers: tuple[bytes, bytes], query: str = "", method: str = "GET"
    ) -> WsgiResponse | None:
        request = scope(path.encode(), query.encode(), [HOST, *headers]) | {"method": method}
        wanted = self.pages.wanted(request)
        return None if wanted is None else await self.pages.response(wanted, request, self.render)

    def ask(self, *arguments: Any, **options: Any) -> WsgiResponse | None:
        return asyncio.run(self.asked(*arguments, **options))


@pytest.fixture
def site() -> Site:
    page_cache._parameters.cache_clear()
    return Site()


def test_a_page_is_rendered_once_until_the_content_changes(site: Site) -> None:
    for _ in range(3):
        answer = site.ask()
        assert answer is not None
        assert (answer.status, answer.start) == (200, b"page")
    assert len(site.rendered) == 1
    site.content.version, site.body = 2, b"new"
    assert site.ask().start == b"new"  # type: ignore[union-attr]
    assert len(site.rendered) == 2


def test_a_change_while_a_page_is_rendered_makes_it_old(site: Site) -> None:
    async def change() -> None:
        site.content.version = 2

    site.meanwhile = change
    site.ask()
    site.ask()
    assert len(site.rendered) == 2


def test_pages_are_rendered_anew_while_nobody_knows_whether_they_changed(site: Site) -> None:
    site.ask()
    site.content.version = None
    site.ask()
    site.content.version = 1
    site.ask()
    assert len(site.rendered) == 2


@pytest.mark.parametrize(
    "header",
    [
        (b"cookie", b"__Host-sessionid=x"),
        (b"cookie", b"theme=dark; __Host-csrftoken=x"),
        (b"authorization", b"Bearer x"),
        (b"origin", b"https://elsewhere.example"),
        (b"range", b"bytes=0-1"),
        (b"content-length", b"3"),
        (b"transfer-encoding", b"chunked"),
        (b"host", b"second.example"),
    ],
)
def test_what_may_be_personal_is_for_django(site: Site, header: tuple[bytes, bytes]) -> None:
    assert site.ask("/about/", header) is None
    assert not site.rendered


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "get"])
def test_only_reading_is_answered(site: Site, method: str) -> None:
    assert site.ask(method=method) is None


@pytest.mark.parametrize("host", [b"elsewhere.example", b"", b"localhost:8000:1", b"a b"])
def test_other_hosts_are_for_django(site: Site, host: bytes) -> None:
    request = scope(b"/about/", b"", [(b"host", host)]) | {"method": "GET"}
    assert site.pages.wanted(request) is None


@pytest.mark.parametrize(
    "path", ["/report/", "/accounts/login/", "/track/", "/static/css/site.css", "/api/v1/search"]
)
def test_other_pages_are_for_django(site: Site, path: str) -> None:
    assert site.ask(path) is None


def test_cookies_of_others_change_nothing(site: Site) -> None:
    site.ask()
    assert site.ask("/about/", (b"cookie", b"elsewhere=1")) is not None
    assert len(site.rendered) == 1


def test_only_known_parameters_are_part_of_the_key_in_any_order(site: Site) -> None:
    for query in ("tool=a&sort=newest", "sort=newest&utm=1&tool=a", "x=1&tool=%61&sort=newest&y"):
        site.ask("/warnings/", query=query)
    assert site.rendered == [b"/warnings/?sort=newest&tool=a"]
    site.ask("/warnings/", query="tool=b&sort=newest")
    site.ask("/warnings/", query="tool=a&tool=b")
    site.ask("/warnings/", query="tool=b&tool=a")
    assert len(site.rendered) == 4


def test_spellings_of_an_address_are_one_page(site: Site) -> None:
    for path in ("/about/", "/%61bout/", "/abou%74/"):
        site.ask(path)
    site.ask("/about/", (b"user-agent", b"x"), (b"accept-language", b"de"))
    assert len(site.rendered) == 1


def test_each_encoding_is_a_page(site: Site) -> None:
    for accepted in (b"gzip, br;q=0.9", b"br", b"zstd, br", b"identity", b"gzip", b"gzip;q=0"):
        site.ask("/about/", (b"accept-encoding", accepted))
    kept = {key[-1] for key in site.pages.plain.pages}
    assert kept == {"gzip", "br", "zstd", "identity"}


def test_a_client_that_has_the_page_gets_no_content(site: Site) -> None:
    for etags in (b'W/"1"', b'"1"', b'"0", W/"1"', b"*"):
        answer = site.ask("/about/", (b"if-none-match", etags))
        assert answer is not None
        assert (answer.status, answer.start) == (304, b"")
        assert (b"etag", b'W/"1"') in answer.headers
    assert site.ask("/about/", (b"if-none-match", b'"2"')).status == 200  # type: ignore[union-attr]


def test_a_date_counts_where_there_is_no_etag(site: Site) -> None:
    site.headers = [*PUBLIC, (b"last-modified", b"Mon, 02 Nov 2026 00:00:00 GMT")]
    for since, status in (
        (b"Mon, 02 Nov 2026 00:00:00 GMT", 304),
        (b"Sun, 01 Nov 2026 00:00:00 GMT", 200),
        (b"?", 200),
    ):
        answer = site.ask("/about/", (b"if-modified-since", since))
        assert answer is not None
        assert answer.status == status
    both = [(b"if-modified-since", b"Tue, 03 Nov 2026 00:00:00 GMT"), (b"if-none-match", b'"2"')]
    assert site.ask("/about/", *both).status == 200  # type: ignore[union-attr]


def test_head_is_the_page_without_content(site: Site) -> None:
    site.headers = [*PUBLIC, (b"content-length", b"4")]
    for _ in range(2):
        answer = site.ask(method="HEAD")
        assert answer is not None
        assert (answer.status, answer.start) == (200, b"")
        assert (b"content-length", b"4") in answer.headers
    assert site.ask().start == b"page"  # type: ignore[union-attr]
    assert len(site.rendered) == 1


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, PRIVATE),
        (200, [*PUBLIC, (b"set-cookie", b"a=b")]),
        (200, [(b"cache-control", PUBLIC_CACHE.encode()), (b"vary", b"Cookie, Accept-Language")]),
        (301, PUBLIC),
        (403, PRIVATE),
        (429, PRIVATE),
        (500, PRIVATE),
        (503, PRIVATE),
    ],
)
def test_failures_and_what_is_not_public_are_not_kept(
    site: Site, status: int, headers: list[tuple[bytes, bytes]]
) -> None:
    site.status, site.headers = status, headers
    for _ in range(2):
        assert site.ask().status == status  # type: ignore[union-attr]
    assert len(site.rendered) == 2


def test_an_incomplete_page_is_not_kept(site: Site) -> None:
    site.expires = 0
    site.ask()
    site.ask()
    assert len(site.rendered) == 2


def test_a_page_expires_when_it_says_and_at_midnight(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = timezone.now().replace(hour=12, minute=0)
    at = noon.timestamp()
    monkeypatch.setattr(page_cache, "time", SimpleNamespace(time=lambda: at))
    monkeypatch.setattr(page_cache, "timezone", SimpleNamespace(localtime=lambda: noon))
    site.expires = at + 60
    site.ask()
    at += 61
    site.expires = float("inf")
    site.ask()
    at = noon.replace(hour=23, minute=59).timestamp()
    site.ask()
    assert len(site.rendered) == 2
    at += 120
    site.ask()
    assert len(site.rendered) == 3


def test_missing_pages_and_searches_push_no_page_out(site: Site) -> None:
    site.body = b"x" * 10_000
    site.ask()
    for number in range(200):
        site.ask("/search/", query=f"q={number}")
    site.status, site.headers = 404, PRIVATE
    for number in range(200):
        site.ask(f"/nothing/{number}/")
        site.ask(f"/tools/{number}/")
    assert site.ask().status == 200  # type: ignore[union-attr]
    assert site.rendered.count(b"/about/?") == 1
    for pool in (site.pages.plain, site.pages.selected, site.pages.missing):
        assert pool.used <= pool.most
        assert pool.used == sum(page.size for page in pool.pages.values())
    assert len(site.pages.missing.pages) < 10


def test_the_page_that_nobody_asks_for_goes_first(site: Site) -> None:
    site.body = b"x" * 200_000
    paths = ["/about/", "/about/method/", "/about/privacy/"]
    for path in paths:
        site.ask(path)
    site.ask("/about/")
    site.ask("/tools/")
    site.ask("/about/")
    assert site.rendered.count(b"/about/?") == 1
    site.ask("/about/method/")
    assert site.rendered.count(b"/about/method/?") == 2


def test_a_page_too_large_for_the_memory_is_not_kept(site: Site) -> None:
    site.body = b"x" * 2_000_000
    site.ask()
    assert not site.pages.plain.pages
    assert site.pages.plain.used == 0


def test_old_addresses_keep_their_query(site: Site) -> None:
    assert site.ask("/nothing/", query="a=b") is None
    assert site.ask("/about/", query="a=" + "b" * 2_000) is None


def together(site: Site, count: int) -> list[Any]:
    """Return the answers to requests for one page that come while it is rendered."""

    async def all_at_once() -> Iterable[Any]:
        return await asyncio.gather(*(site.asked() for _ in range(count)))

    return list(asyncio.run(all_at_once()))


def test_many_who_ask_at_once_wait_for_one_rendering(site: Site) -> None:
    site.meanwhile = lambda: asyncio.sleep(0)
    assert {answer.start for answer in together(site, 20)} == {b"page"}
    assert len(site.rendered) == 1


def test_who_asks_after_a_change_does_not_get_what_was_begun_before(site: Site) -> None:
    release: list[asyncio.Event] = []

    async def wait() -> None:
        await release[0].wait()

    async def scene() -> tuple[Any, Any]:
        release.append(asyncio.Event())
        site.meanwhile = wait
        first = asyncio.ensure_future(site.asked())
        await asyncio.sleep(0)
        site.content.version, site.body = 2, b"new"
        second = asyncio.ensure_future(site.asked())
        await asyncio.sleep(0)
        release[0].set()
        return await first, await second

    first, second = asyncio.run(scene())
    assert (first.start, second.start) == (b"page", b"new")


def test_a_rendering_that_fails_blocks_nobody(site: Site) -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise RuntimeError

    async def all_at_once() -> list[Any]:
        return await asyncio.gather(*(site.asked() for _ in range(3)), return_exceptions=True)

    site.meanwhile = fail
    assert all(isinstance(answer, RuntimeError) for answer in asyncio.run(all_at_once()))
    site.meanwhile = None
    assert site.ask().status == 200  # type: ignore[union-attr]
    assert not site.pages.rendering


def test_the_mark_names_the_parameters() -> None:
    @public_page("a", "b")
    def view() -> None:
        """A view."""

    assert parameters_of(view) == frozenset({"a", "b"})
    assert parameters_of(print) is None
