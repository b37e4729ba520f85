"""Every form needs a token that proves that it was opened here, but for those listed here."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import UserFactory
from tests.sitemap_of_tests import FOUNDING

# What protects them instead: the Origin of the request, or the secret in the address.
WITHOUT_TOKEN = {
    "reports.views.votes.begin_vote_on_warning",
    "reports.views.votes.begin_vote_on_comment",
    "accounts.views.notifications.stop_mail",
}
HERE = {"Origin": "https://testserver", "Sec-Fetch-Site": "same-origin"}


def views(resolver: URLResolver) -> Iterator[tuple[str, object]]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from views(part)
        elif isinstance(part, URLPattern):
            yield f"{part.callback.__module__}.{getattr(part.callback, '__name__', '')}", part.callback


def test_only_these_views_need_no_token() -> None:
    # The API is read-only, and so is what django-ninja exempts.
    exempt = {name for name, view in views(get_resolver()) if getattr(view, "csrf_exempt", False)}
    assert {name for name in exempt if not name.startswith("ninja.")} == WITHOUT_TOKEN


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://testserver.evil.example"},
        {"Origin": "https://testserver@evil.example"},
        {"Origin": "https://testserver:444"},
        {"Origin": "https://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://testserver", "Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_vote_of_another_site_is_not_kept(headers: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.post(f"/warnings/{FOUNDING}/vote/begin/", headers=headers)
    assert "wants_to_vote" not in client.session
    client.post(f"/warnings/{FOUNDING}/vote/begin/", headers=HERE)
    assert "wants_to_vote" in client.session


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["accounts/logout/", "report/", "notice/", f"warnings/{FOUNDING}/comments/"])
def test_any_other_form_needs_one(path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    assert client.post(f"/{path}", {"body": "x"}, headers=HERE).status_code == 403
