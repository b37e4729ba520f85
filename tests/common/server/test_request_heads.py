"""A request's head that is never complete, too large or no HTTP at all is answered and the connection closed."""

import asyncio
from typing import Any

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState

from common.http import request_heads
from common.http.request_heads import LimitedHttpProtocol

HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"


async def hello(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


def conversation(*parts: bytes) -> bytes:
    """Send these parts on one connection, the next once the last was answered; return all that is received."""

    async def run() -> bytes:
        config, state, received = Config(hello, ws="none", log_level="error"), ServerState(), b""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: LimitedHttpProtocol(config, state, {}), "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        async with server, asyncio.timeout(10):
            for part in parts[:-1]:
                writer.write(part)
                received += await reader.readuntil(b"hello")
            writer.write(parts[-1])
            received += await reader.read()
            writer.close()
        return received

    return asyncio.run(run())


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_heads, "HEAD_TIMEOUT", 0.05)


def status_of(answer: bytes) -> bytes:
    return answer.split(b" ", 2)[1]


@pytest.mark.parametrize("part", [b"", b"G", b"GET / HTTP/1.1\r\n", HEAD, HEAD + b"X-Slow: a"])
def test_a_head_that_is_never_complete(part: bytes) -> None:
    answer = conversation(part)
    assert status_of(answer) == b"408"
    assert b"X-Content-Type-Options: nosniff" in answer


@pytest.mark.parametrize("part", [b"G", HEAD])
def test_a_later_head_that_is_never_complete(part: bytes) -> None:
    first, _, second = conversation(HEAD + b"\r\n", part).partition(b"hello")
    assert (status_of(first), status_of(second)) == (b"200", b"408")


def test_requests_in_time_are_answered_one_after_the_other() -> None:
    closing = HEAD + b"Connection: close\r\n\r\n"
    assert conversation(HEAD + b"\r\n", HEAD + b"\r\n", closing).count(b"hello") == 3


@pytest.mark.parametrize("name", [b"X-Large", b"Cookie"])
def test_a_head_that_is_too_large(name: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_heads, "MOST_BYTES", 1_000)
    assert status_of(conversation(HEAD + name + b": " + b"x" * 1_001)) == b"431"


@pytest.mark.parametrize("text", [b"nonsense\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\nHost x\r\n\r\n"])
def test_what_is_no_request(text: bytes) -> None:
    answer = conversation(text)
    assert status_of(answer) == b"400"
    assert b"Strict-Transport-Security" in answer
