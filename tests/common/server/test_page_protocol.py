"""A connection sends a page from memory at once, and the same bytes as the application would."""

import asyncio
from typing import Any

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState

from common.http.front import Front
from common.http.page_cache import PageCache
from common.http.page_protocol import PageProtocol
from tests.common.server.test_page_cache import PUBLIC, Content

HEAD = b"GET /about/ HTTP/1.1\r\nHost: localhost\r\n"
CONTENT = b"<p>A page.</p>"


class Connection:
    """A connection to a site whose only page is public; it counts how often the page is rendered."""

    def __init__(self) -> None:
        self.rendered = 0
        self.content = Content()
        self.pages = PageCache(self.content, megabytes=1)
        self.front = Front(self._page, threads=1, pages=self.pages)

    def _page(self, environ: Any, start_response: Any) -> list[bytes]:
        self.rendered += 1
        headers = [(name.decode(), value.decode()) for name, value in PUBLIC]
        start_response("200 OK", [*headers, ("Content-Length", str(len(CONTENT)))])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else CONTENT]

    def says(self, *parts: bytes) -> list[bytes]:
        """Send these parts, each when the one before was answered; return the answers without their dates."""
        return asyncio.run(self._says(parts))

    async def _says(self, parts: tuple[bytes, ...]) -> list[bytes]:
        config, state = Config(self.front, ws="none", log_level="error", lifespan="off"), ServerState()
        config.load()
        state.default_headers = [(b"date", b"today")]
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: PageProtocol(config, state, {}), "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        answers = []
        async with server, asyncio.timeout(10):
            for part in parts:
                writer.write(part)
                requests = part.split(b"\r\n\r\n")[:-1]
                answers += [await self._answer(reader, is_head=request.startswith(b"HEAD")) for request in requests]
            writer.close()
        return answers

    async def _answer(self, reader: asyncio.StreamReader, *, is_head: bool) -> bytes:
        head = await reader.readuntil(b"\r\n\r\n")
        has_content = not is_head and not head.startswith(b"HTTP/1.1 304")
        return head + (await reader.readexactly(len(CONTENT)) if has_content else b"")


@pytest.fixture
def connection() -> Connection:
    return Connection()


def test_the_same_bytes_come_from_memory(connection: Connection) -> None:
    first, second, third = connection.says(*[HEAD + b"\r\n"] * 3)
    assert first == second == third
    assert first.endswith(CONTENT)
    assert connection.rendered == 1


def test_requests_that_come_together_are_answered_in_order(connection: Connection) -> None:
    other = b"GET /about/ HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-sessionid=x\r\n\r\n"
    answers = connection.says(HEAD + b"\r\n", (HEAD + b"\r\n") * 2 + other + (HEAD + b"\r\n") * 2)
    assert len(answers) == 6
    assert len(set(answers)) == 1
    assert connection.rendered >= 2


@pytest.mark.parametrize(
    ("request_head", "status"),
    [
        (HEAD.replace(b"GET", b"HEAD"), b"200"),
        (HEAD + b'If-None-Match: W/"1"\r\n', b"304"),
        (HEAD + b'If-None-Match: "0"\r\n', b"200"),
    ],
)
def test_what_comes_from_memory_is_what_comes_without(
    connection: Connection, request_head: bytes, status: bytes
) -> None:
    [usual] = Connection().says(request_head + b"\r\n")
    [_, kept] = connection.says(HEAD + b"\r\n", request_head + b"\r\n")
    assert kept == usual
    assert kept.split(b" ")[1] == status
    assert connection.rendered == 1


@pytest.mark.parametrize(
    "request_head",
    [
        b"GET /about/ HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n",
        HEAD + b"Connection: close\r\n",
        HEAD + b"Cookie: __Host-sessionid=x\r\n",
        b"GET /about/ HTTP/1.1\r\nHost: elsewhere.example\r\n",
    ],
)
def test_the_rest_goes_through_the_front(connection: Connection, request_head: bytes) -> None:
    answer = connection.says(HEAD + b"\r\n", request_head + b"\r\n")[-1]
    assert answer.endswith(CONTENT)


def test_a_change_is_seen_on_an_open_connection(connection: Connection) -> None:
    connection.says(HEAD + b"\r\n", HEAD + b"\r\n")
    connection.content.version = 2
    connection.says(HEAD + b"\r\n", HEAD + b"\r\n")
    assert connection.rendered == 2


def test_a_page_is_not_sent_to_a_client_that_does_not_read(connection: Connection) -> None:
    async def sends() -> bool:
        protocol = PageProtocol(Config(connection.front, ws="none"), ServerState(), {})
        protocol.pages, protocol.flow = connection.pages, Paused()  # type: ignore[assignment]
        return protocol._send_page()

    assert not asyncio.run(sends())


class Paused:
    """Writing that waits for the client."""

    write_paused = True
