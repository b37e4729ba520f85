"""Which page of a list a query string means, and what is none."""

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from common.pagination import paginate

ROWS = list(range(25))


def page_of(query: str, parameter: str = "page") -> int:
    listing = paginate(RequestFactory().get(f"/{query}"), ROWS, per_page=10, parameter=parameter)
    return listing.page.number


@pytest.mark.parametrize(
    "query", ["", "?page=", "?page", "?page=%20", "?page=+", "?page=%09", "?page=1", "?other=9", "?page=2&page="]
)
def test_without_a_number_it_is_the_first_page(query: str) -> None:
    assert page_of(query) == 1


@pytest.mark.parametrize("query", ["?page=2", "?page=%202%20", "?page=02"])
def test_a_number_is_that_page(query: str) -> None:
    assert page_of(query) == 2


@pytest.mark.parametrize(
    "number",
    [
        "0",
        "-1",
        "4",
        "1.0",
        "1_0",
        "%2B1",
        "x",
        "1x",
        "%EF%BC%91",
        "%D9%A1",
        "%C2%B9",
        "%00",
        "None",
        "9" * 5_000,
        "1e1",
    ],
)
def test_nonsense_is_no_page(number: str) -> None:
    with pytest.raises(Http404):
        page_of(f"?page={number}")


def test_two_lists_of_a_page_have_their_own_numbers() -> None:
    assert page_of("?page=x&reports=", "reports") == 1
    assert page_of("?page=x&reports=2", "reports") == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/tools/", "/warnings/", "/tags/", "/search/?q=zoom", "/report/drafts/", "/transparency/"]
)
@pytest.mark.parametrize("parameter", ["page", "after", "before", "from"])
def test_an_empty_page_of_a_list_is_its_first(address: str, parameter: str, visitor: Client) -> None:
    sign = "&" if "?" in address else "?"
    assert visitor.get(f"{address}{sign}{parameter}=").status_code == 200
