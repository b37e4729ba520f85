"""The ASGI front of the server: collect a whole request, let a thread answer it, send the whole response.

A client that sends or reads slowly occupies a connection, never a thread, so it delays nobody. Requests with files
have threads of their own, because reading pictures takes seconds. Works under any ASGI server; `config/asgi.py` puts
it in front of Django's WSGI handler.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from io import BytesIO
from typing import Any

from common.http.headers import plain_refusal
from common.http.page_cache import PageCache
from common.http.request_bodies import RequestBodies, RequestRefusedError
from common.http.uploads import FULL, brings_files
from common.http.wsgi_bridge import Environ, WsgiApplication, WsgiResponse, call_wsgi, environ_of

logger = logging.getLogger(__name__)

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# Requests that wait for a thread. More would only wait longer than their clients do.
MOST_WAITING = 256
# Requests with files that are handled at once, and that wait for it. Others are handled without their files.
UPLOADS_AT_ONCE, MOST_UPLOADS = 2, 10
# Seconds that a client has to read one part of a response.
SEND_TIMEOUT = 60


class Front:
    """An ASGI application in front of a WSGI application; `threads` of its requests are handled at once.

    It sends finished pages again that it finds in `pages`.
    """

    def __init__(self, application: WsgiApplication, *, threads: int, pages: PageCache | None = None) -> None:
        self.application = application
        self.pages = pages
        self.bodies = RequestBodies()
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self.upload_threads = ThreadPoolExecutor(UPLOADS_AT_ONCE, thread_name_prefix="upload")
        self.uploads = 0
        self.most_pending = threads + MOST_WAITING
        self.pending = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI connection."""
        if scope["type"] == "http":
            await self._handle(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if self.pages is not None and (wanted := self.pages.wanted(scope)) is not None:
                response: WsgiResponse | None = await self.pages.response(wanted, scope, self._render)
            else:
                response = await self._answer_whole(scope, receive)
        except RequestRefusedError as refused:
            await _refuse(send, refused.http_status)
        except Exception:
            logger.exception("A request was not handled")
            await _refuse(send, HTTPStatus.INTERNAL_SERVER_ERROR)
        else:
            if response is not None:
                await _send(response, send)

    async def _answer_whole(self, scope: Scope, receive: Receive) -> WsgiResponse | None:
        """Collect the rest of a request and let a thread answer it; None if the client went away.

        Raises RequestRefusedError.
        """
        self._require_room()
        async with self.bodies.collected(scope["headers"], receive) as body:
            if body is None:
                return None
            self.pending += 1
            try:
                return await self._answer(environ_of(scope, body), brings_files(scope["headers"], body))
            finally:
                self.pending -= 1
                if self.pages is not None:
                    self.pages.versions.changed()

    async def _render(self, scope: Scope) -> tuple[WsgiResponse, Environ]:
        """Let a thread render a page; also return the environment, in which its view says how long it is good.

        Raises RequestRefusedError.
        """
        self._require_room()
        environ = environ_of(scope, BytesIO())
        self.pending += 1
        try:
            return await self._answer(environ, has_files=False), environ
        finally:
            self.pending -= 1

    def _require_room(self) -> None:
        if self.pending >= self.most_pending:
            raise RequestRefusedError(HTTPStatus.SERVICE_UNAVAILABLE)

    async def _answer(self, environ: Environ, has_files: bool) -> WsgiResponse:
        """Let a thread answer a complete request."""
        loop = asyncio.get_running_loop()
        if not has_files:
            return await loop.run_in_executor(self.threads, call_wsgi, self.application, environ)
        if self.uploads >= MOST_UPLOADS:
            environ[FULL] = True
            return await loop.run_in_executor(self.threads, call_wsgi, self.application, environ)
        self.uploads += 1
        try:
            return await loop.run_in_executor(self.upload_threads, call_wsgi, self.application, environ)
        finally:
            self.uploads -= 1

    async def _live(self, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        for pool in (self.threads, self.upload_threads):
            pool.shutdown(wait=False, cancel_futures=True)
        await send({"type": "lifespan.shutdown.complete"})


async def _refuse(send: Send, status: HTTPStatus) -> None:
    headers, text = plain_refusal(status)
    encoded = [(name.lower().encode(), value.encode()) for name, value in headers]
    await send({"type": "http.response.start", "status": status.value, "headers": encoded})
    await send({"type": "http.response.body", "body": text})


async def _send(response: WsgiResponse, send: Send) -> None:
    """Send a response; give up on a client that stopped reading."""
    try:
        await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
        if response.file is None:
            await send({"type": "http.response.body", "body": response.start})
            return
        for part in response.parts():
            async with asyncio.timeout(SEND_TIMEOUT):
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    except TimeoutError:
        logger.info("A client stopped reading")
    finally:
        response.close()
