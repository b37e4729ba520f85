"""Malformed addresses and forms are no failure of the site."""

import logging
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import UserFactory
from tests.pages_under_test import message_codes

pytestmark = pytest.mark.django_db
URLS = ["http://[::1/x", "http://a\u2100b.com", "//[", "http://[v1.x]:99999/", "\\\\[", "http://x:port/"]


@pytest.mark.parametrize("url", URLS)
def test_a_malformed_address_to_go_on_to_is_ignored(url: str) -> None:
    for address in ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"):
        assert Client().get(address, {"next": url}).status_code == 200, address
    user: User = UserFactory(handle="Heron")
    user.set_password("correct horse battery")
    user.save()
    form = {"login": "Heron", "password": "correct horse battery", "next": url}
    answer = Client().post("/accounts/login/", form)
    assert (answer.status_code, "[" in answer.headers["Location"]) == (302, False)
    member = Client()
    member.force_login(user)
    assert member.get("/accounts/logout/", {"next": url}).status_code == 200
    assert member.get("/accounts/reauthenticate/", {"next": url}).status_code in (200, 302)


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "utf-7", "cp1252"])
def test_a_form_in_another_encoding_is_a_bad_request(charset: str, caplog: pytest.LogCaptureFixture) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    with caplog.at_level(logging.ERROR):
        for address in ("/report/draft/", "/report/", "/accounts/login/", "/notice/"):
            assert Client().post(address, "a=1", content_type=kind).status_code in (200, 400, 422), address
    assert caplog.records == []


@pytest.mark.parametrize("origin", URLS)
def test_a_malformed_origin_is_another_site(origin: str) -> None:
    address = "/warnings/stay-away-from-a-buyer-who-asks-you-to-use-dingtalk/vote/begin/"
    assert Client().post(address, {"act": "vote"}, headers={"Origin": origin}).status_code in (302, 403)


def test_signing_up_too_often_gives_the_form_back(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    form = {"username": "A lone heron", "password1": "correct horse battery", "email": "heron@example.org"}
    visitor = Client()
    visitor.post("/accounts/signup/", form)
    refused = visitor.post("/accounts/signup/", form)
    assert refused.status_code == 429
    assert message_codes(refused) == ["too-often"]
    assert "A lone heron" in refused.content.decode()
    assert "heron@example.org" in refused.content.decode()
    assert "correct horse battery" not in refused.content.decode()
    assert visitor.get("/accounts/signup/").status_code in (200, 429)
