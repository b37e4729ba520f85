"""uvicorn's HTTP protocol with limits on how long and how large a request's head may be. It has none of its own."""

import asyncio
from asyncio import TimerHandle
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from common.http.headers import plain_refusal

# Seconds from a connection, or the first byte of a later request, to the end of the head.
HEAD_TIMEOUT = 15
MOST_BYTES = 64_000


class LimitedHttpProtocol(HttpToolsProtocol):
    """One connection. It is closed when a request's head is not complete in time or too large."""

    head_timer: TimerHandle | None = None
    head_size = 0
    is_in_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the timer of the first request."""
        super().connection_made(transport)
        self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer."""
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read bytes, and refuse a head that has become too large. Only a head that comes in parts has a timer."""
        super().data_received(data)
        if self.is_in_head:
            self._start_timer()
        else:
            self._stop_timer()
        self.head_size = self.head_size + len(data) if self.head_timer else 0
        if self.head_size > MOST_BYTES:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_message_begin(self) -> None:
        """Remember that a head has begun."""
        super().on_message_begin()
        self.is_in_head = True

    def on_headers_complete(self) -> None:
        """Remember that the head is complete."""
        self.is_in_head = False
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no valid request. Overridden, because uvicorn's own response has no security headers."""
        self._refuse(HTTPStatus.BAD_REQUEST)

    def _start_timer(self) -> None:
        if self.head_timer is None:
            self.head_timer = self.loop.call_later(HEAD_TIMEOUT, self._refuse, HTTPStatus.REQUEST_TIMEOUT)

    def _stop_timer(self) -> None:
        if self.head_timer is not None:
            self.head_timer.cancel()
            self.head_timer = None

    def _refuse(self, status: HTTPStatus) -> None:
        self._stop_timer()
        if self.transport.is_closing():
            return
        headers, text = plain_refusal(status)
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        self.transport.write(f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode() + text)
        self.transport.close()
