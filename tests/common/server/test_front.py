"""The front hands complete requests to threads, answers for itself what it refuses, and waits for no slow reader."""

import asyncio
import threading
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest

from common.http import front
from common.http.front import Front
from common.http.headers import SENTENCES
from common.http.wsgi_bridge import MOST_IN_MEMORY
from tests.common.server.test_wsgi_bridge import scope

LARGE = b"x" * (MOST_IN_MEMORY + 1), b"y" * 1_000_000


def echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read()]


class Browser:
    """A client of the front: sends parts of a body, keeps what it is sent."""

    def __init__(self, *parts: bytes) -> None:
        self.left = list(parts)
        self.sent: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        return {"type": "http.request", "body": self.left.pop(0), "more_body": bool(self.left)}

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent[1:])


def ask(site: Front, browser: Browser, *headers: tuple[bytes, bytes]) -> Browser:
    asyncio.run(site(scope(headers=headers), browser.receive, browser.send))
    return browser


def test_a_request_reaches_the_application_whole() -> None:
    browser = ask(Front(echo, threads=1), Browser(b"a=", b"b"), (b"content-length", b"3"))
    assert (browser.status, browser.body) == (200, b"a=b")


def test_large_responses_are_sent_in_parts() -> None:
    def export(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        start_response("200 OK", [])
        return LARGE

    browser = ask(Front(export, threads=1), Browser())
    assert browser.body == b"".join(LARGE)
    assert len(browser.sent) > 3
    assert not browser.sent[-1].get("more_body")


@pytest.mark.parametrize(
    ("headers", "status"), [([(b"content-length", b"999999999")], 413), ([(b"content-length", b"?")], 400)]
)
def test_what_is_refused_is_answered_in_words_with_the_headers(
    headers: list[tuple[bytes, bytes]], status: int
) -> None:
    site = Front(echo, threads=1)
    browser = ask(site, Browser(), *headers)
    assert (browser.status, browser.body.decode()) == (status, SENTENCES[HTTPStatus(status)])
    sent = browser.sent[0]["headers"]
    assert (b"x-content-type-options", b"nosniff") in sent
    assert (b"connection", b"close") in sent


def test_a_mistake_of_the_application_is_an_error_page(caplog: pytest.LogCaptureFixture) -> None:
    def broken(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        raise RuntimeError("secret")

    browser = ask(Front(broken, threads=1), Browser())
    assert browser.status == 500
    assert b"secret" not in browser.body
    assert caplog.records


def test_more_requests_than_can_be_answered_in_time_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "MOST_WAITING", 1)
    go_on = threading.Event()

    def waits(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        go_on.wait(10)
        return echo(environ, start_response)

    async def run() -> list[Browser]:
        site, browsers = Front(waits, threads=1), [Browser(), Browser(), Browser()]
        first = [asyncio.create_task(site(scope(), one.receive, one.send)) for one in browsers[:2]]
        while site.pending < 2:
            await asyncio.sleep(0)
        await site(scope(), browsers[2].receive, browsers[2].send)
        go_on.set()
        await asyncio.gather(*first)
        return browsers

    browsers = asyncio.run(run())
    assert [browser.status for browser in browsers] == [200, 200, 503]
    assert (b"retry-after", b"60") in browsers[2].sent[0]["headers"]


def test_a_client_that_stops_reading_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "SEND_TIMEOUT", 0.01)

    class Stuck(Browser):
        async def send(self, message: Any) -> None:
            await super().send(message)
            if len(self.sent) == 2:
                await asyncio.Event().wait()

    def export(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        start_response("200 OK", [])
        return LARGE

    browser = ask(Front(export, threads=1), Stuck())
    assert len(browser.sent) == 2


def test_a_client_that_goes_away_is_sent_nothing() -> None:
    class Gone(Browser):
        async def receive(self) -> dict[str, Any]:
            return {"type": "http.disconnect"}

    assert ask(Front(echo, threads=1), Gone(), (b"content-length", b"3")).sent == []


def test_it_starts_and_stops_with_the_server() -> None:
    messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    browser = Browser()

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    asyncio.run(Front(echo, threads=1)({"type": "lifespan"}, receive, browser.send))
    assert [message["type"] for message in browser.sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
    ]


def test_other_protocols_are_ignored() -> None:
    browser = Browser()
    asyncio.run(Front(echo, threads=1)({"type": "websocket"}, browser.receive, browser.send))
    assert browser.sent == []
