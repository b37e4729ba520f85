"""Pages by where they begin: all rows once, in order, whatever comes or goes meanwhile."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

from common.encryption import encrypt_for_address
from common.pagination import cursor_page
from reports.models import Warning
from tests.factories import NOON, WarningFactory

pytestmark = pytest.mark.django_db
ORDERS = [("-published_at", "-id"), ("published_at", "id"), ("-helpfulness", "-id"), ("-recent_reporters", "-id")]


def page(query: str, by: tuple[str, ...], per_page: int = 4) -> Any:
    request = RequestFactory().get(f"/{query}")
    return cursor_page(request, Warning.objects.filter(founding=False), by=by, per_page=per_page)


@pytest.fixture
def rows() -> None:
    """Twenty-one, many of them alike."""
    for number in range(21):
        WarningFactory(
            published_at=NOON + timedelta(days=number % 5), helpfulness=number % 4 / 3, recent_reporters=number % 3
        )


@pytest.mark.parametrize("by", ORDERS)
def test_going_forward_and_back_shows_every_row_once(rows: None, by: tuple[str, ...]) -> None:
    wanted = list(Warning.objects.filter(founding=False).order_by(*by))
    query, seen, pages = "", [], 0
    while True:
        shown = page(query, by)
        assert (shown.total, shown.more) == (21, False)
        assert (shown.previous is None) == (shown.first is None) == (pages == 0)
        seen += shown.items
        pages += 1
        if shown.following is None:
            break
        query = shown.following.address
    assert (seen, pages) == (wanted, 6)
    back: list[Any] = []
    while shown.previous is not None:
        shown = page(shown.previous.address, by)
        back = shown.items + back
    assert back == wanted[: len(back)]
    assert len(back) == 20


def test_what_comes_meanwhile_moves_nothing(rows: None) -> None:
    by = ORDERS[0]
    first = page("", by)
    WarningFactory(published_at=NOON + timedelta(days=99))
    wanted = list(Warning.objects.filter(founding=False).order_by(*by))
    assert page(first.following.address, by).items == wanted[5:9]


def test_an_empty_list_has_no_links() -> None:
    shown = page("", ORDERS[0])
    assert (shown.items, shown.total, shown.first, shown.previous, shown.following) == ([], 0, None, None, None)


def test_other_filters_stay_in_the_address(rows: None) -> None:
    shown = page("?tool=zoom&from=&after=", ORDERS[0])
    assert shown.following.address.startswith("?tool=zoom&")


def sealed(values: str) -> str:
    """Return a cursor with made-up values, as only the site could make it."""
    return encrypt_for_address(values, purpose="cursor")


@pytest.mark.parametrize(
    "values",
    [
        "x",
        "null",
        "[]",
        '["a", "b"]',
        "[1, 2]",
        "[null, 1]",
        "[{}, 1]",
        '["2026-11-01T12:00:00", 1]',
        '["2026-11-01T12:00:00+00:00", true]',
        '["0001-01-01T00:00:00+23:59", 1]',
        '["9999-12-31T23:59:59-23:59", 1]',
        '["9999-12-31T23:59:59Z", 1]',
    ],
)
@pytest.mark.parametrize("name", ["after", "before", "from"])
def test_a_cursor_of_another_list_is_no_page(values: str, name: str) -> None:
    with pytest.raises(Http404):
        page(f"?{name}={sealed(values)}", ORDERS[0])


@pytest.mark.parametrize("cursor", ["x", "!!!", "W10", "W" * 5_000, "é", "%00", "W251bGwsIDFd=", "=" * 40])
def test_a_cursor_that_the_site_did_not_make_is_no_page(cursor: str) -> None:
    for name in ("after", "before", "from"):
        with pytest.raises(Http404):
            page(f"?{name}={cursor}", ORDERS[0])


def test_a_cursor_reveals_no_time_and_is_the_same_each_time(rows: None, settings: Any) -> None:
    addresses = [page("", ORDERS[0]).following.address for _ in range(2)]
    cursor = addresses[0].partition("=")[2]
    assert addresses[0] == addresses[1]
    assert b"2026" not in base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    shown = page(f"?after={cursor}", ORDERS[0]).items
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "x" * 60
    assert page(f"?after={cursor}", ORDERS[0]).items == shown
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Http404):
        page(f"?after={cursor}", ORDERS[0])
