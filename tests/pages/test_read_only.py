"""With a full or read-only disk, people go on reading, signed in or not."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from accounts.sessions import BEGAN, SEEN
from tests.factories import UserFactory
from tests.reports.conftest import signed_in
from tests.sitemap_of_tests import FOUNDING, entrance_pages, own_pages, pages

pytestmark = pytest.mark.django_db


def _refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
        raise OperationalError("attempt to write a readonly database")
    return execute(sql, params, many, context)


@pytest.fixture
def read_only() -> Iterator[None]:
    """Every statement that writes fails, as on a disk that is full or mounted read-only."""
    with connection.execute_wrapper(_refuse_writes):
        yield


def failures(browser: Client, addresses: list[str]) -> list[tuple[str, object]]:
    browser.raise_request_exception = False
    answers: dict[str, Any] = {
        address: browser.get(address, headers={"Accept": "text/html"}) for address in addresses
    }
    return [
        (address, answer.exc_info)
        for address, answer in answers.items()
        if answer.status_code >= 500 or answer.status_code == 400
    ]


@pytest.mark.usefixtures("read_only")
def test_every_page_can_be_read() -> None:
    assert failures(Client(), [*pages(), *entrance_pages()]) == []


@pytest.mark.parametrize(("unused", "is_over"), [(timedelta(hours=1), False), (timedelta(days=15), True)])
def test_every_page_can_be_read_by_members(unused: timedelta, is_over: bool, request: pytest.FixtureRequest) -> None:
    """The next page would note that the session is used again, or delete it."""
    member: User = UserFactory()
    browser = signed_in(member)
    session = browser.session
    session[SEEN] = session[BEGAN] = (timezone.now() - unused).timestamp()
    session.save()
    request.getfixturevalue("read_only")
    addresses = own_pages() if is_over else [*pages(), *entrance_pages(), *own_pages()]
    assert failures(browser, addresses) == []
    assert (browser.get("/accounts/").status_code == HTTPStatus.OK) != is_over


FORMS = {
    f"/warnings/{FOUNDING}/comments/": {"body": "It happened to Markerson as well."},
    f"/warnings/{FOUNDING}/edit/": {
        "title": "Another Markerson",
        "body": "x",
        "summary": "Markerson",
        "comment": "m",
    },
    "/tools/dingtalk/edit/": {"summary": "Markerson says more.", "comment": "m"},
    f"/flag/warning/{FOUNDING}/": {"reason": "untrue", "detail": "Markerson was not there."},
    "/notice/": {"url": f"/warnings/{FOUNDING}/", "explanation": "Markerson", "ground": "other"},
    "/report/": {"title": "Markerson asked for it", "body": "He asked for Markerson.", "act": "save"},
}


@pytest.mark.parametrize("path", FORMS)
def test_a_form_that_cannot_be_stored_returns_its_text(path: str, request: pytest.FixtureRequest) -> None:
    browser = signed_in(UserFactory(trust_level=TrustLevel.TRUSTED))
    browser.raise_request_exception = False
    request.getfixturevalue("read_only")
    answer = browser.post(path, FORMS[path], headers={"Accept": "text/html"})
    assert answer.status_code in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.UNPROCESSABLE_ENTITY}
    page = answer.content.decode()
    assert all(value in page for value in FORMS[path].values() if "Markerson" in value)


@pytest.mark.parametrize("headers", [{"Accept": "application/json"}, {"Sec-Fetch-Dest": "empty"}])
def test_a_script_learns_that_nothing_was_stored(headers: dict[str, str], request: pytest.FixtureRequest) -> None:
    browser = signed_in(UserFactory())
    browser.raise_request_exception = False
    request.getfixturevalue("read_only")
    answer = browser.post("/report/draft/", {"title": "Kept in the browser"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "database")
