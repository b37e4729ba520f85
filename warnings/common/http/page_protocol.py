"""The protocol of one connection, which sends pages from memory at once, without a task and without ASGI messages.

That takes a third of the processor time. Whatever it cannot answer itself goes the usual way through the front, which
answers in the same words.
"""

import asyncio
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import httptools

from common.http.page_cache import PageCache
from common.http.request_heads import LimitedHttpProtocol

_STATUS_LINES = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus}


class PageProtocol(LimitedHttpProtocol):
    """One connection of a site with a page cache, which its application has as `pages`."""

    pages: PageCache | None = None
    is_answered = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Find the pages."""
        super().connection_made(transport)
        self.pages = getattr(self.app, "pages", None)

    def on_headers_complete(self) -> None:
        """Send a page from memory, or let the application answer."""
        self.is_answered = self._send_page()
        if self.is_answered:
            self.is_in_head = False
        else:
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Tell the application that the request is complete, if it knows of the request."""
        if not self.is_answered:
            super().on_message_complete()

    def _send_page(self) -> bool:
        """Send a page from memory if there is one and nothing else is on its way on this connection."""
        is_busy = self.cycle is not None and not self.cycle.response_complete
        if self.pages is None or is_busy or self.flow.write_paused or self.parser.should_upgrade():
            return False
        if self.parser.get_http_version() != "1.1" or not self.parser.should_keep_alive():
            return False
        wanted = self.pages.wanted(self._scope())
        page = self.pages.kept(wanted) if wanted is not None else None
        if wanted is None or page is None:
            return False
        status, headers, content = page.as_bytes(wanted)
        self.transport.write(b"".join((_STATUS_LINES[status], *self._date(), headers, content)))
        self.on_response_complete()
        return True

    def _date(self) -> Iterator[bytes]:
        """Return the headers that the server itself adds."""
        for name, value in self.server_state.default_headers:
            yield from (name, b": ", value, b"\r\n")

    def _scope(self) -> dict[str, Any]:
        """Return what the page cache has to know of a request."""
        parts = httptools.parse_url(self.url)
        method = self.parser.get_method().decode("ascii")
        return {"method": method, "headers": self.headers, "raw_path": parts.path, "query_string": parts.query or b""}
