"""Collect request bodies in memory, within limits on size, time and the sum of all that are on their way."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any

Receive = Callable[[], Awaitable[Any]]


@dataclass(frozen=True)
class BodyLimits:
    """Limits in bytes, seconds and bytes per second."""

    # Above `DATA_UPLOAD_MAX_MEMORY_SIZE`, so that a form can show its own error.
    form: int = 5_000_000
    # Six pictures of the largest size and a form.
    upload: int = 66_000_000
    # All bodies that are collected or in use at once. Memory must suffice for them.
    all_together: int = 160_000_000
    # Without a single byte.
    idle: float = 10
    # Time for any body, and the average rate that a larger one must reach. A slow phone connection does.
    grace: float = 20
    rate: int = 4_000


class RequestRefusedError(Exception):
    """A request is too large, too slow, or one too many; `http_status` says which."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.http_status = status


class RequestBodies:
    """The bodies of all requests that are on their way. For one event loop."""

    def __init__(self, limits: BodyLimits | None = None) -> None:
        self.limits = limits or BodyLimits()
        self.held = 0

    @asynccontextmanager
    async def collected(
        self, headers: Iterable[tuple[bytes, bytes]], receive: Receive
    ) -> AsyncIterator[BytesIO | None]:
        """Collect a body until it is complete; None if the client went away. Its memory counts until the exit.

        Raises RequestRefusedError.
        """
        size, is_upload = _announced(headers)
        most = self.limits.upload if is_upload else self.limits.form
        body = BytesIO()
        if size == 0:
            yield body
            return
        if size is not None and size > most:
            raise RequestRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        held = 0
        try:
            loop = asyncio.get_running_loop()
            started, more = loop.time(), True
            while more:
                end = started + self.limits.grace + held / self.limits.rate
                try:
                    async with asyncio.timeout_at(min(end, loop.time() + self.limits.idle)):
                        message = await receive()
                except TimeoutError:
                    raise RequestRefusedError(HTTPStatus.REQUEST_TIMEOUT) from None
                if message["type"] == "http.disconnect":
                    yield None
                    return
                part = message.get("body", b"")
                held += len(part)
                self.held += len(part)
                if held > most:
                    raise RequestRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                if self.held > self.limits.all_together:
                    raise RequestRefusedError(HTTPStatus.SERVICE_UNAVAILABLE)
                body.write(part)
                more = message.get("more_body", False)
            body.seek(0)
            yield body
        finally:
            self.held -= held


def _announced(headers: Iterable[tuple[bytes, bytes]]) -> tuple[int | None, bool]:
    """Return the size that a request announces, None if it comes in chunks; and whether it uploads files.

    Raises RequestRefusedError if the announcement makes no sense.
    """
    length, chunked, is_upload = None, False, False
    for name, value in headers:
        if name == b"content-length":
            if not value.isdigit() or length not in {None, int(value)}:
                raise RequestRefusedError(HTTPStatus.BAD_REQUEST)
            length = int(value)
        elif name == b"transfer-encoding":
            chunked = True
        elif name == b"content-type":
            is_upload = value.lower().startswith(b"multipart/form-data")
    return (None if chunked else length or 0), is_upload
