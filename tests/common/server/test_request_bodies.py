"""Bodies are collected within limits on size, time and their sum; nothing is kept of those that are refused."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from typing import Any

import pytest

from common.http.request_bodies import BodyLimits, RequestBodies, RequestRefusedError

Headers = list[tuple[bytes, bytes]]
CHUNKED: Headers = [(b"transfer-encoding", b"chunked")]
UPLOAD: Headers = [(b"content-type", b"Multipart/Form-Data; boundary=x")]
SMALL = BodyLimits(form=10, upload=20, all_together=30)


def length(size: int | str) -> Headers:
    return [(b"content-length", str(size).encode())]


def client(*parts: bytes, more: bool = False) -> Callable[[], Awaitable[dict[str, Any]]]:
    """A client that sends these parts, and then nothing more or, with `more`, never the end."""
    left = list(parts)

    async def receive() -> dict[str, Any]:
        if not left:
            await asyncio.Event().wait()
        part = left.pop(0)
        return {"type": "http.request", "body": part, "more_body": more or bool(left)}

    return receive


def collect(headers: Headers, receive: Any, bodies: RequestBodies | None = None) -> bytes | None:
    async def run() -> bytes | None:
        async with (bodies or RequestBodies(SMALL)).collected(headers, receive) as body:
            return None if body is None else body.read()

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("headers", "parts", "body"),
    [
        ([], [], b""),
        (length(0), [], b""),
        (length(4), [b"a=", b"bc"], b"a=bc"),
        (CHUNKED, [b"a=", b"", b"bc"], b"a=bc"),
        ([*length(15), *UPLOAD], [b"123456789", b"123456"], b"123456789123456"),
        ([*length(2), *length(2)], [b"ab"], b"ab"),
    ],
)
def test_a_body_is_collected_whole(headers: Headers, parts: Iterable[bytes], body: bytes) -> None:
    bodies = RequestBodies(SMALL)
    assert collect(headers, client(*parts), bodies) == body
    assert bodies.held == 0


@pytest.mark.parametrize(
    ("headers", "parts", "status"),
    [
        (length(11), [], HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        ([*length(21), *UPLOAD], [], HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (CHUNKED, [b"x" * 6, b"x" * 6], HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        # A server that lets more arrive than was announced.
        (length(3), [b"x" * 11], HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (length("-1"), [], HTTPStatus.BAD_REQUEST),
        (length("1e3"), [], HTTPStatus.BAD_REQUEST),
        (length("٣"), [], HTTPStatus.BAD_REQUEST),
        ([*length(2), *length(3)], [], HTTPStatus.BAD_REQUEST),
    ],
)
def test_a_body_that_is_too_large_or_misdeclared_is_refused(
    headers: Headers, parts: Iterable[bytes], status: HTTPStatus
) -> None:
    bodies = RequestBodies(SMALL)
    with pytest.raises(RequestRefusedError) as refused:
        collect(headers, client(*parts), bodies)
    assert (refused.value.http_status, bodies.held) == (status, 0)


@pytest.mark.parametrize(
    "limits",
    [BodyLimits(idle=0.01), BodyLimits(idle=60, grace=0.01, rate=1_000_000)],
    ids=["nothing arrives", "too little arrives"],
)
@pytest.mark.parametrize("headers", [length(100), CHUNKED, [*length(100), *UPLOAD]])
def test_a_body_that_does_not_arrive_in_time_is_refused(limits: BodyLimits, headers: Headers) -> None:
    bodies = RequestBodies(limits)
    with pytest.raises(RequestRefusedError) as refused:
        collect(headers, client(b"abc", more=True), bodies)
    assert (refused.value.http_status, bodies.held) == (HTTPStatus.REQUEST_TIMEOUT, 0)


def test_a_slow_but_steady_upload_may_take_longer() -> None:
    """The time for a body grows with what has arrived."""
    slow = BodyLimits(idle=60, grace=0, rate=1)
    assert collect(CHUNKED, client(*[b"x"] * 50), RequestBodies(slow)) is not None


def test_a_client_that_goes_away_is_forgotten() -> None:
    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    bodies = RequestBodies(SMALL)
    assert collect(length(9), gone, bodies) is None
    assert bodies.held == 0


def test_all_bodies_together_have_a_limit_until_they_are_used() -> None:
    async def run() -> None:
        bodies = RequestBodies(SMALL)
        headers = [*length(18), *UPLOAD]
        async with bodies.collected(headers, client(b"x" * 18)):
            with pytest.raises(RequestRefusedError) as refused:
                async with bodies.collected(headers, client(b"x" * 18)):
                    pass
            assert refused.value.http_status == HTTPStatus.SERVICE_UNAVAILABLE
            assert bodies.held == 18
        async with bodies.collected(headers, client(b"x" * 18)) as body:
            assert body is not None

    asyncio.run(run())
