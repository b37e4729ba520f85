"""Finished pages, kept in memory by the server's front, so that Django renders each once per version of the content.

A page is sent again only if the content has the version that was read before the page was rendered, so it is never
stale: `common/db/content_version.py` tells how a change is noticed. docs/decisions/0039 gives the reasons.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import Any, Protocol
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import parse_etags, parse_http_date_safe
from django_http_compression.middleware import best_coding

from common.http.cache_headers import PUBLIC_CACHE
from common.http.public_pages import expiry_of, parameters_of
from common.http.wsgi_bridge import WsgiResponse

Headers = list[tuple[bytes, bytes]]
# Host, whether by https, path, query and encoding.
Key = tuple[bytes, bool, bytes, bytes, str]
Scope = MutableMapping[str, Any]
Render = Callable[[Scope], Awaitable[tuple[WsgiResponse, MutableMapping[str, Any]]]]

# All cookies of the site begin with this, so that browsers accept them from this host only.
OWN_COOKIES = b"__Host-"
# A page depends on no other header. They tell who asks, for rate limits, and by which scheme.
_OF_PROXIES = frozenset({b"x-forwarded-for", b"x-forwarded-proto"})
# With any of these, a request is for Django: it has a body, a password, or is sent by another site's script.
_FOR_DJANGO = frozenset({b"authorization", b"content-length", b"origin", b"range", b"transfer-encoding"})
_VARY = frozenset({"accept-encoding", "cookie"})
# Longer addresses are not kept.
_LONGEST = 1_000
# The shares of the memory, in sixteenths. Searches and pages that do not exist cannot push other pages out.
_PAGES, _SELECTIONS, _MISSING = 10, 5, 1
# Bytes that a kept page occupies besides its content, about.
_OVERHEAD = 2_000
# What a 304 has no use for.
_OF_CONTENT = frozenset({b"content-encoding", b"content-length", b"content-type", b"content-disposition"})


class Versions(Protocol):
    """Tells the version of the public content, another one after each change."""

    def known(self) -> int | None:
        """Return the version if it can be told without waiting."""

    async def current(self) -> int | None:
        """Return the version, or None if it cannot be told now."""

    def changed(self) -> None:
        """Take notice that this process may have changed something."""


@dataclass(frozen=True)
class Wanted:
    """A page that a client asks for: its key, what is passed on to render it, and what the client has already."""

    key: Key
    passed_on: Headers
    is_head: bool
    etags: bytes
    since: bytes

    def request(self, scope: Scope) -> Scope:
        """Return the request to render the page with, which has nothing of the client but where it comes from."""
        host, _, _, query, coding = self.key
        headers = [*self.passed_on, (b"host", host), (b"accept-encoding", coding.encode())]
        return {**scope, "method": "GET", "query_string": query, "headers": headers}


@dataclass
class Page:
    """A finished page in one encoding."""

    status: int
    headers: Headers
    body: bytes
    etag: str
    modified: int | None
    version: int
    expires: float

    @property
    def size(self) -> int:
        """The memory that it occupies, in bytes, about."""
        return len(self.body) + _OVERHEAD

    def response(self, wanted: Wanted) -> WsgiResponse:
        """Return the page as the response to a request: whole, without content, or as a 304."""
        status, content = self._answer_to(wanted)
        return WsgiResponse(status, _without_content(self.headers) if status == 304 else self.headers, content)

    def as_bytes(self, wanted: Wanted) -> tuple[int, bytes, bytes]:
        """Return the same as status, lines of headers, and content."""
        status, content = self._answer_to(wanted)
        return status, self._lines_unchanged if status == 304 else self._lines, content

    def _answer_to(self, wanted: Wanted) -> tuple[int, bytes]:
        """Return the status and the content for a request."""
        if (wanted.etags or wanted.since) and self._is_known(wanted):
            return 304, b""
        return self.status, b"" if wanted.is_head else self.body

    @cached_property
    def _lines(self) -> bytes:
        return _lines_of(self.headers)

    @cached_property
    def _lines_unchanged(self) -> bytes:
        return _lines_of(_without_content(self.headers))

    def _is_known(self, wanted: Wanted) -> bool:
        """Return whether the client has this page. A date counts only without an ETag (RFC 9110, 13.1.3)."""
        if self.status != 200:
            return False
        if wanted.etags:
            return bool(self.etag) and _matches(wanted.etags, self.etag)
        since = parse_http_date_safe(wanted.since.decode("latin-1"))
        return since is not None and self.modified is not None and self.modified <= since

    @classmethod
    def of(cls, response: WsgiResponse, *, version: int, expires: float) -> "Page":
        """Return the page that a response without a file is."""
        headers = dict(response.headers)
        etag, modified = (headers.get(name, b"").decode("latin-1") for name in (b"etag", b"last-modified"))
        since = parse_http_date_safe(modified)
        return cls(response.status, response.headers, response.start, etag, since, version, expires)


def _without_content(headers: Headers) -> Headers:
    return [pair for pair in headers if pair[0] not in _OF_CONTENT]


def _lines_of(headers: Headers) -> bytes:
    return b"".join(b"%b: %b\r\n" % pair for pair in headers) + b"\r\n"


class _Pool:
    """Pages within a limit of memory. Those that nobody asked for the longest go first."""

    def __init__(self, most: int) -> None:
        self.most, self.used = most, 0
        self.pages: OrderedDict[Key, Page] = OrderedDict()

    def put(self, key: Key, page: Page) -> None:
        self.drop(key)
        self.pages[key] = page
        self.used += page.size
        while self.used > self.most:
            self.used -= self.pages.popitem(last=False)[1].size

    def drop(self, key: Key) -> None:
        if (page := self.pages.pop(key, None)) is not None:
            self.used -= page.size


class PageCache:
    """The finished pages of one process. For one event loop."""

    def __init__(self, versions: Versions, *, megabytes: int) -> None:
        self.versions = versions
        share = megabytes * 1_048_576 // 16
        self.plain, self.selected, self.missing = (_Pool(share * part) for part in (_PAGES, _SELECTIONS, _MISSING))
        self.rendering: dict[Key, asyncio.Future[None]] = {}

    def wanted(self, scope: Scope) -> Wanted | None:
        """Return which public page an anonymous request asks for, or None if the request is for Django."""
        if scope["method"] not in {"GET", "HEAD"}:
            return None
        hosts, encodings, etags, since = [], b"", b"", b""
        passed_on: Headers = []
        for pair in scope["headers"]:
            name, value = pair
            if name in _FOR_DJANGO or (name == b"cookie" and OWN_COOKIES in value):
                return None
            if name == b"host":
                hosts.append(value)
            elif name in _OF_PROXIES:
                passed_on.append(pair)
            elif name == b"accept-encoding":
                encodings += value + b","
            elif name == b"if-none-match":
                etags += value + b","
            elif name == b"if-modified-since":
                since = value
        path, query = scope.get("raw_path") or scope["path"].encode(), scope["query_string"]
        host = _domain(hosts[0]) if len(hosts) == 1 else b""
        if not host or len(path) + len(query) > _LONGEST:
            return None
        path = unquote_to_bytes(path)
        parameters = _parameters(path, bool(query))
        if parameters is None:
            return None
        known = _known(query, parameters) if query and parameters else b""
        if known is None:
            return None
        coding = _coding(encodings)
        secure = settings.BEHIND_PROXY and (b"x-forwarded-proto", b"https") in passed_on
        return Wanted((host, secure, path, known, coding), passed_on, scope["method"] == "HEAD", etags[:-1], since)

    def kept(self, wanted: Wanted) -> Page | None:
        """Return a page from memory if that takes no waiting."""
        version = self.versions.known()
        return None if version is None else self._kept(wanted.key, version)

    async def response(self, wanted: Wanted, scope: Scope, render: Render) -> WsgiResponse:
        """Return a page from memory, or render it. Requests for a page that is being rendered wait for it."""
        version = await self.versions.current()
        if version is None:
            return _as_asked((await render(wanted.request(scope)))[0], wanted)
        if page := self._kept(wanted.key, version):
            return page.response(wanted)
        if (begun := self.rendering.get(wanted.key)) is not None:
            await begun
            # It is of the version that was current when this request came, or it is no good.
            if page := self._kept(wanted.key, version):
                return page.response(wanted)
        mine = asyncio.get_running_loop().create_future()
        if wanted.key not in self.rendering:
            self.rendering[wanted.key] = mine
        try:
            response, environ = await render(wanted.request(scope))
            self._keep(wanted.key, response, version, expiry_of(environ))
        finally:
            if self.rendering.get(wanted.key) is mine:
                del self.rendering[wanted.key]
            mine.set_result(None)
        return _as_asked(response, wanted)

    def _kept(self, key: Key, version: int) -> Page | None:
        for pool in (self.plain, self.selected, self.missing):
            if (page := pool.pages.get(key)) is None:
                continue
            if page.version == version and page.expires > time.time():
                pool.pages.move_to_end(key)
                return page
            pool.drop(key)
        return None

    def _keep(self, key: Key, response: WsgiResponse, version: int, expires: float) -> None:
        """Keep a rendered page, unless it is personal, sets a cookie, depends on other headers, or failed."""
        headers = dict(response.headers)
        vary = {name.strip().lower() for name in headers.get(b"vary", b"").decode("latin-1").split(",")} - {""}
        is_public = headers.get(b"cache-control") == PUBLIC_CACHE.encode()
        if response.file or b"set-cookie" in headers or not vary <= _VARY:
            return
        if not (response.status == 200 and is_public) and response.status != 404:
            return
        host, _, _, query, _ = key
        pool = self.missing if response.status == 404 else self.selected if query or host != _main() else self.plain
        pool.put(key, Page.of(response, version=version, expires=min(expires, _midnight())))


def _as_asked(response: WsgiResponse, wanted: Wanted) -> WsgiResponse:
    """Return a response that was rendered for all as this request asks for it."""
    if response.file is None:
        return Page.of(response, version=0, expires=0).response(wanted)
    if wanted.is_head:
        response.close()
        return WsgiResponse(response.status, response.headers, b"")
    return response


@lru_cache(maxsize=256)
def _domain(host: bytes) -> bytes:
    """Return a host without its port, on which no page depends; nothing if the site does not answer to it."""
    domain, _ = split_domain_port(host.decode("latin-1"))
    return domain.encode("latin-1") if domain and validate_host(domain, settings.ALLOWED_HOSTS) else b""


@lru_cache(maxsize=1)
def _main() -> bytes:
    """Return the host that the site is known by. Its pages share no memory with those of its other names."""
    return (urlsplit(settings.PUBLIC_URL).hostname or "").encode("latin-1")


@lru_cache(maxsize=2_048)
def _parameters(path: bytes, has_query: bool) -> frozenset[str] | None:
    """Return the query parameters of the public page at a path; None if Django has to decide."""
    try:
        text = path.decode()
        return None if text.startswith(settings.STATIC_URL) else parameters_of(resolve(text).func)
    except Resolver404:
        # It may be an old address, which is redirected with its query.
        return None if has_query else frozenset()
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=1_024)
def _known(query: bytes, parameters: frozenset[str]) -> bytes | None:
    """Return the known part of a query, sorted by name, with repeats in order; None if it cannot be read."""
    try:
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    except ValueError:
        return None
    return urlencode(
        sorted((pair for pair in pairs if pair[0] in parameters), key=lambda pair: pair[0]), encoding="latin-1"
    ).encode()


@lru_cache(maxsize=256)
def _coding(accepted: bytes) -> str:
    return best_coding(accepted.decode("latin-1"))


def _matches(given: bytes, etag: str) -> bool:
    """Return whether a client has the page. Weakly compared (RFC 9110, 13.1.2)."""
    asked: Iterable[str] = parse_etags(given.decode("latin-1"))
    return any(one == "*" or one.removeprefix("W/") == etag.removeprefix("W/") for one in asked)


def _midnight() -> float:
    """Return when the next day begins, in seconds since the epoch: pages may depend on the date."""
    tomorrow = timezone.localtime() + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
