"""Errors are pages too: plain words, all headers, nothing of the inside."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from config import urls as config_urls
from tests.pages_under_test import elements


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret of the inside")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("x")


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("suspicious/", suspicious),
    path("missing/", missing),
    *config_urls.urlpatterns,
]
handler400, handler403 = config_urls.handler400, config_urls.handler403
handler404, handler500 = config_urls.handler404, config_urls.handler500


@pytest.fixture
def visitor_of_broken_pages() -> Iterator[Client]:
    """A visitor of a site with pages that fail."""
    with override_settings(ROOT_URLCONF="tests.pages.test_errors"):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status"), [("/broken/", 500), ("/forbidden/", 403), ("/suspicious/", 400), ("/missing/", 404)]
)
def test_each_error_has_a_page(address: str, status: int, visitor_of_broken_pages: Client) -> None:
    response = visitor_of_broken_pages.get(address)
    html = response.content.decode()
    assert response.status_code == status
    [heading] = elements(response, "h1", data_state=str(status))
    assert heading.text
    assert elements(response, "title")[0].text.startswith(heading.text)
    assert "secret of the inside" not in html
    assert response["Cache-Control"] == "no-store"
    assert 'content="noindex"' in html


def test_an_unknown_host_is_a_bad_request(visitor: Client) -> None:
    response = visitor.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_a_form_without_its_token_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/search/")
    assert response.status_code in {403, 405}


def test_error_pages_need_no_database() -> None:
    """No database mark on this test: a query would fail it."""
    assert Client().get("/no/such/page/").status_code == 404
