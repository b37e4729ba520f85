"""No log line holds a code or a link that lets somebody in, and none is made up by a visitor."""

import io
import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path as route

from common.log_filters import WithoutSecrets
from config import urls as config_urls

MARKER = "VISITORBYTES"


def line(message: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, None)
    assert WithoutSecrets().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/track/babadab-babadab/", "/track/.../"),
        ("/invitation/s3cret/", "/invitation/.../"),
        ("/accounts/first/s3cret/", "/accounts/first/.../"),
        ("/accounts/password/reset/key/1-abc/", "/accounts/password/reset/key/.../"),
        ("/accounts/confirm-email/abc/", "/accounts/confirm-email/.../"),
        ("/track/", "/track/"),
        ("/tools/dingtalk/", "/tools/dingtalk/"),
    ],
)
def test_secrets_in_addresses_are_left_out(path: str, shown: str) -> None:
    assert line("%s: %s", "Internal Server Error", path) == f"Internal Server Error: {shown}"


def test_a_line_end_begins_no_line_of_its_own() -> None:
    assert line("Forbidden: %s", "/x\r\n2026 INFO all is well") == "Forbidden: /x\\r\\n2026 INFO all is well"


def test_the_log_of_the_site_goes_through_it() -> None:
    handlers: Any = settings.LOGGING["handlers"]
    assert handlers["console"]["filters"] == ["without_secrets"]


@pytest.mark.parametrize(
    "address",
    [
        "/track/SECRET/decisions/1/",
        "/notice/SECRET/",
        "/invitation/SECRET/",
        "/stop-mail/SECRET/",
        "/feeds/mine/SECRET.atom",
        "/statements/0f0e/SECRET/",
        "/evidence/0f0e/?code=SECRET&x=1",
        "/accounts/password/reset/key/1-SECRET/",
    ],
)
def test_nothing_in_an_address_that_lets_somebody_in_is_written(address: str) -> None:
    assert "SECRET" not in line("Internal Server Error: %s", address)


def fail(request: HttpRequest) -> HttpResponse:
    """Fail with what was typed in the message of an exception, and in that of the one that led to it."""
    try:
        int(request.POST.get("number") or request.GET.get("number") or MARKER)
    except ValueError as error:
        raise IntegrityError(f"Key (title)=({request.META.get('HTTP_X_MARK', MARKER)}) exists") from error
    return HttpResponse()


def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation(request.META.get("QUERY_STRING") or MARKER)


urlpatterns = [route("fail/", fail), route("suspect/", suspect), *config_urls.urlpatterns]
handler400, handler403 = config_urls.handler400, config_urls.handler403
handler404, handler500 = config_urls.handler404, config_urls.handler500


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site's own handlers would write, with the levels that are set."""
    written = io.StringIO()
    configured: Any = settings.LOGGING
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter(configured["formatters"]["line"]["format"]))
    handler.addFilter(WithoutSecrets())
    handler.setLevel(logging.WARNING)
    names = [name for name, one in configured["loggers"].items() if "nowhere" not in one["handlers"]]
    loggers = [logging.getLogger(name) for name in ("", *names)]
    for one in loggers:
        one.addHandler(handler)
    with override_settings(ROOT_URLCONF=__name__):
        yield written
    for one in loggers:
        one.removeHandler(handler)


HEADERS = ("Accept", "Accept-Language", "Cookie", "Content-Type", "User-Agent", "X-Mark", "If-None-Match", "Range",
           "Authorization", "X-Forwarded-For", "Content-Encoding", "Sec-Fetch-Site", "HX-Request", "Idempotency-Key")  # fmt: skip
TOGETHER = [("Origin",), ("Referer",), ("Host",), HEADERS]
KINDS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/notice/", "/fail/", "/suspect/", "/api/v1/reports", "/x/", "/track/x/"])
@pytest.mark.parametrize("method", ["GET", "POST", MARKER])
def test_nothing_that_a_stranger_sends_is_written(path: str, method: str, log: io.StringIO) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    for names in TOGETHER:
        client.generic(method, path, f"number={MARKER}", headers=dict.fromkeys(names, f"https://{MARKER}.example"))
    odd = f"{MARKER}\x85\u2028;=,"
    for kind in KINDS:
        client.generic(method, f"{path}{odd}/?{odd}={odd}&number={odd}", f"--x\r\n{odd}={odd}", content_type=kind)
    assert MARKER not in log.getvalue()


@pytest.mark.django_db
def test_what_failed_is_written_all_the_same(log: io.StringIO) -> None:
    client = Client(raise_request_exception=False)
    assert client.post("/fail/", {"number": "seven"}).status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    Client(enforce_csrf_checks=True).post("/notice/", headers={"Origin": f"https://{MARKER}.example"})
    written = log.getvalue()
    for words in ("500 POST /fail/", "builtins.ValueError", "IntegrityError", "in fail", "403 POST /notice/"):
        assert words in written
    assert "seven" not in written


def line_of(error: Exception) -> str:
    try:
        raise error
    except Exception as caught:
        info = (type(caught), caught, caught.__traceback__)
    record = logging.LogRecord("common", logging.ERROR, __file__, 1, "It failed", (), info)
    WithoutSecrets().filter(record)
    return logging.Formatter("%(message)s").format(record)


@pytest.mark.django_db
def test_the_reason_of_the_system_or_the_database_is_written() -> None:
    assert line_of(OSError(28, "No space left on device", MARKER)).endswith("OSError No space left on device")
    with pytest.raises(OperationalError if connection.vendor == "sqlite" else Exception) as failed:
        connection.cursor().execute(f"SELECT {MARKER}")
    written = line_of(failed.value.__cause__)  # type: ignore[arg-type]
    assert written.endswith(("SQLITE_ERROR", "42703"))
    assert MARKER not in written.rpartition("Error")[2]


@pytest.mark.parametrize(
    ("name", "message", "args", "shown"),
    [
        ("PIL.Image", f"A tag {MARKER}", (), "test_log_filters:7"),
        ("urllib3.connectionpool", "Retrying %s", (MARKER,), "test_log_filters:7 Retrying %s"),
        ("reports.views", "Kept %s", ("2",), "Kept 2"),
    ],
)
def test_of_libraries_the_fixed_part_is_written(name: str, message: str, args: Any, shown: str) -> None:
    record = logging.LogRecord(name, logging.WARNING, __file__, 7, message, args, None)
    WithoutSecrets().filter(record)
    assert record.getMessage() == shown


def test_a_request_without_a_route_or_with_a_made_up_method() -> None:
    for method, shown in (("GET", "404 GET /?"), (MARKER, "404 ? /?")):
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 7, MARKER, (), None)
        record.request, record.status_code = RequestFactory().generic(method, f"/{MARKER}/"), 404
        WithoutSecrets().filter(record)
        assert record.getMessage() == shown
