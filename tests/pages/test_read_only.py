"""With a full or read-only disk, people go on reading, signed in or not."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from accounts.choices import TrustLevel
from accounts.models import User
from accounts.sessions import BEGAN, SEEN
from common.http import rate_limits
from moderation.models import LegalNotice
from reports import tracking_codes
from tests.factories import ReportFactory, UserFactory, WarningFactory
from tests.pages_under_test import elements, message_codes
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
    rate_limits._IN_MEMORY.clear()


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


CODE = tracking_codes.code_of(b"key of a test", "report")


@pytest.mark.usefixtures("read_only")
@pytest.mark.parametrize("typed", [CODE, CODE.upper().replace("-", " "), "no-such-code", ""])
def test_a_tracking_code_is_still_looked_up(typed: str) -> None:
    answer = Client().post("/track/", {"code": typed})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.fixture
def followed() -> list[str]:
    """The pages of a report and of a notice that are followed by a code."""
    ReportFactory(tracking_hash=tracking_codes.hash_of(CODE), news=True)
    browser = Client()
    address = f"{settings.PUBLIC_URL}/warnings/{WarningFactory().slug}/"
    notice = {"url": address, "ground": "privacy", "explanation": "It says where I live. " * 3, "name": "Anna"}
    sent = browser.post("/notice/", notice | {"email": "anna@example.org", "good_faith": "on"})
    assert LegalNotice.objects.exists()
    return [f"/track/{CODE}/", sent["Location"]]


@pytest.mark.parametrize("salt", ["known", "gone"])
def test_what_is_followed_by_a_code_can_be_read(followed: list[str], salt: str, request: Any) -> None:
    if salt == "gone":
        cache.clear()
    request.getfixturevalue("read_only")
    assert [Client().get(address).status_code for address in followed] == [HTTPStatus.OK] * 2
    found = Client().post("/track/", {"code": CODE})
    assert (found.status_code, found["Location"]) == (HTTPStatus.FOUND, followed[0])


@pytest.mark.parametrize("before", [0, 20])
def test_guesses_are_bounded_all_the_same(followed: list[str], before: int, request: Any) -> None:
    for _ in range(before):
        Client().get(followed[0])
    request.getfixturevalue("read_only")
    answers = [Client().get(followed[0]).status_code for _ in range(32)]
    assert answers.count(HTTPStatus.OK) == 30 - before
    assert set(answers[30 - before :]) == {HTTPStatus.TOO_MANY_REQUESTS}


@pytest.mark.parametrize("clear", ["", "1"])
def test_signing_out_ends_the_session_in_the_browser_at_least(clear: str, request: Any) -> None:
    browser = signed_in(UserFactory())
    request.getfixturevalue("read_only")
    answer = browser.post("/accounts/logout/", {"clear": clear})
    assert message_codes(answer) == ["session-not-ended"]
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
    assert "cache" in answer.headers["Clear-Site-Data"]
    assert browser.get("/accounts/").status_code == HTTPStatus.FOUND


def test_a_returned_form_knows_who_is_signed_in(request: Any) -> None:
    member: User = UserFactory(handle="Herontina")
    browsers = signed_in(member), Client()
    request.getfixturevalue("read_only")
    for browser, shown in zip(browsers, (True, False), strict=True):
        page = browser.post("/report/", FORMS["/report/"])
        assert page.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        [doors] = elements(page, "ul", class_="doors")
        assert ("Herontina" in doors.text) == shown
        assert ("Sign in" in doors.text) != shown
