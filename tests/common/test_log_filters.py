"""No log line holds a code or a link that lets somebody in, and none is made up by a visitor."""

import logging
from typing import Any

import pytest
from django.conf import settings

from common.log_filters import WithoutSecrets


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
