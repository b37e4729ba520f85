"""Pages by where they begin: all rows once, in order, whatever comes or goes meanwhile."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

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


@pytest.mark.parametrize(
    "cursor", ["x", "!!!", "bnVsbA", "W10", "WyJhIiwgImIiXQ", "WzEsIDJd", "W251bGwsIDFd", "W3t9LCAxXQ", "W" * 5_000,
               "WyIyMDI2LTExLTAxVDEyOjAwOjAwIiwgMV0", "WyIyMDI2LTExLTAxVDEyOjAwOjAwKzAwOjAwIiwgdHJ1ZV0", "W1tbW1tbW1tbW1tbW1s"]
)  # fmt: skip
def test_a_cursor_that_is_none_is_no_page(cursor: str) -> None:
    for name in ("after", "before", "from"):
        with pytest.raises(Http404):
            page(f"?{name}={cursor}", ORDERS[0])


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59Z"])
@pytest.mark.parametrize("name", ["after", "before", "from"])
def test_a_cursor_at_the_end_of_time_is_no_page(name: str, time: str) -> None:
    cursor = base64.urlsafe_b64encode(json.dumps([time, 1]).encode()).decode()
    with pytest.raises(Http404):
        page(f"?{name}={cursor}", ORDERS[0])
