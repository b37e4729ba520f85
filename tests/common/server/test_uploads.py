"""Requests with files have threads of their own, and a bounded number of them waits."""

import asyncio
import threading
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import RequestFactory

from common.http import front
from common.http.front import Front
from common.http.uploads import FULL, brings_files, is_full
from tests.common.server.test_front import Browser
from tests.common.server.test_wsgi_bridge import scope

FORM = [(b"content-type", b"multipart/form-data; boundary=b")]
PICTURE = b'--b\r\nContent-Disposition: form-data; name="pictures"; filename="a.png"\r\n\r\nx\r\n--b--'
EMPTY = b'--b\r\nContent-Disposition: form-data; name="pictures"; filename=""\r\n\r\n\r\n--b--'


@pytest.mark.parametrize(
    "disposition",
    [
        b'filename="a.png"',
        b"filename=a.png",
        b"filename*=UTF-8''a.png",
        b'FileName="a.png"',
        b'filename = "a.png"',
        b"filename*0=a; filename*1=.png",
        b'filename=""; filename="a.png"',
    ],
)
def test_a_file_is_noticed_however_it_is_named(disposition: bytes) -> None:
    assert brings_files(FORM, BytesIO(PICTURE.replace(b'filename="a.png"', disposition)))


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (FORM, EMPTY),
        (FORM, b'--b\r\nContent-Disposition: form-data; name="body"\r\n\r\nIt happened.\r\n--b--'),
        (FORM, b""),
        ([(b"content-type", b"application/x-www-form-urlencoded")], b"filename=a.png"),
        ([], PICTURE),
    ],
)
def test_a_form_without_a_file_does_not_wait_with_files(headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    assert not brings_files(headers, BytesIO(body))


def test_a_long_form_counts_as_one_with_files_and_is_not_searched() -> None:
    text = b'--b\r\nContent-Disposition: form-data; name="body"\r\n\r\n' + b"x" * 1_000_000
    assert brings_files(FORM, BytesIO(text))
    assert not brings_files([(b"content-type", b"application/x-www-form-urlencoded")], BytesIO(text))


class Site:
    """An application whose uploads wait until the test lets them go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.full: list[bool] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        if environ["REQUEST_METHOD"] == "POST" and FULL not in environ:
            self.go_on.wait(20)
        self.full.append(FULL in environ)
        start_response("200 OK", [])
        return [threading.current_thread().name.encode()]


def test_pages_are_answered_while_uploads_wait_and_further_uploads_are_answered_without_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(front, "MOST_UPLOADS", 3)
    application = Site()
    site = Front(application, threads=1)

    def upload() -> tuple[Browser, Any]:
        browser = Browser(PICTURE)
        headers = [*FORM, (b"content-length", str(len(PICTURE)).encode())]
        return browser, site(scope(headers=headers), browser.receive, browser.send)

    async def visit() -> tuple[list[Browser], Browser, Browser]:
        uploads = [upload() for _ in range(3)]
        waiting = [asyncio.create_task(request) for _, request in uploads]
        while site.uploads < 3:
            await asyncio.sleep(0)
        page = Browser()
        await site(scope() | {"method": "GET"}, page.receive, page.send)
        refused, request = upload()
        await request
        application.go_on.set()
        await asyncio.gather(*waiting)
        return [browser for browser, _ in uploads], page, refused

    uploads, page, refused = asyncio.run(visit())
    assert page.body.startswith(b"request")
    assert refused.body.startswith(b"request")
    assert all(browser.body.startswith(b"upload") for browser in uploads)
    assert application.full == [False, True, False, False, False]
    assert site.uploads == 0


def test_only_the_front_can_say_that_too_many_files_wait() -> None:
    request = RequestFactory().post("/report/", headers={FULL: "1"})
    assert not is_full(request)
    request.META[FULL] = True
    assert is_full(request)
